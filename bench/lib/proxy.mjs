import { spawn } from "node:child_process";
import path from "node:path";
import readline from "node:readline";
import { program } from "./processes.mjs";
import { checkout } from "./shell.mjs";

const SOURCE = "platform/testkit/src/main/java/dev/drawbridge/testkit/FaultyProxy.java";

/** The testkit's FaultyProxy before a port of this machine. */
export class Proxy {
  #child;
  #lines;

  /** @param suite whose JDK it runs on */
  static async before(port, suite) {
    const proxy = new Proxy();
    const java = program(suite.gatewayPid);
    const args = ["-Xmx64m", path.join(checkout, SOURCE), String(port)];
    proxy.#child = spawn(java, args, { stdio: ["pipe", "pipe", "inherit"] });
    proxy.#lines = readline.createInterface(proxy.#child.stdout)[Symbol.asyncIterator]();
    proxy.port = Number(await proxy.#next());
    return proxy;
  }

  /** `pass`, `hold`, `reset`, `cut` or `delay <ms>`; it is so when this returns. */
  async turn(how) {
    this.#child.stdin.write(`${how}\n`);
    await this.#next();
  }

  end() {
    this.#child.stdin.end();
  }

  async #next() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("the proxy has ended");
    return value;
  }
}
