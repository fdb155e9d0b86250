import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { program } from "./processes.mjs";
import { checkout, pause } from "./shell.mjs";
import { freePort } from "./target.mjs";

const PROGRAM = "mcp-gateway/target/quarkus-app/quarkus-run.jar";

/** A second gateway on a suite's datastore, configured as the first is, with ports of its own. */
export class Gateway {
  #process;

  static async beside(suite, name = "second") {
    const gateway = new Gateway();
    const [port, management] = [await freePort(), await freePort()];
    const config = path.join(suite.home, "config");
    const file = path.join(config, `mcp-gateway-${name}.properties`);
    const own = [`quarkus.http.port=${port}`, `quarkus.management.port=${management}`];
    own.push(`gateway.http.allowed-hosts=127.0.0.1:${port}`);
    const first = fs.readFileSync(path.join(config, "mcp-gateway.properties"), "utf8");
    fs.writeFileSync(file, `${first}\n${own.join("\n")}\n`, { mode: 0o600 });
    const log = fs.openSync(path.join(suite.home, `logs/mcp-gateway-${name}.log`), "a");
    const options = ["-Xmx192m", "-XX:+UseSerialGC", `-Dquarkus.config.locations=file://${file}`];
    const args = [...options, "-jar", path.join(checkout, PROGRAM)];
    gateway.#process = spawn(program(suite.gatewayPid), args, { stdio: ["ignore", log, log] });
    fs.closeSync(log);
    gateway.pid = gateway.#process.pid;
    gateway.mcp = `http://127.0.0.1:${port}/mcp/v1`;
    await gateway.#ready(`http://127.0.0.1:${management}/q/health/ready`);
    return gateway;
  }

  async #ready(url) {
    for (let attempt = 0; attempt < 600; attempt++) {
      await pause(100);
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
      if (this.#process.exitCode !== null) break;
    }
    throw new Error("the second gateway did not get ready: see its log");
  }

  /** With the signal; returns once it is gone. */
  async end(signal = "SIGTERM") {
    if (this.#process.exitCode !== null || this.#process.signalCode) return;
    const ended = new Promise((resolve) => this.#process.once("close", resolve));
    this.#process.kill(signal);
    await ended;
  }
}
