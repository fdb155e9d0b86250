import fs from "node:fs";
import path from "node:path";
import { commandLine, listener } from "./processes.mjs";
import { bench, checkout, output, run } from "./shell.mjs";

/** The suite as `./drawbridge up` starts it, in a home of its own. */
export class Suite {
  /** Of this checkout, in bench/target. */
  static here(portOffset) {
    const target = path.join(bench, "target");
    fs.mkdirSync(target, { recursive: true });
    return new Suite(checkout, path.join(target, "home"), portOffset);
  }

  constructor(folder, home, portOffset) {
    this.folder = folder;
    this.home = home;
    this.portOffset = portOffset;
  }

  /** Starts it; a first start only trains the JDK's cache, so it is followed by a second. */
  async up() {
    await this.start();
    if (commandLine(this.gatewayPid).includes("-XX:AOTCacheOutput")) {
      await this.down();
      await this.start();
    }
  }

  async start(options = {}) {
    const args = ["up", "--detach", "--json", ...this.#place()];
    Object.assign(this, JSON.parse(await this.#command(args, options)));
  }

  async down() {
    await this.#command(["down", "--home", this.home], { errors: "ignore" });
  }

  caller(name) {
    return this.demo.callers.find((it) => it.name === name);
  }

  get gatewayPid() {
    return listener(port(this.services["mcp-gateway"].url));
  }

  get authPid() {
    return listener(port(this.services["auth-service"].url));
  }

  get postgresPid() {
    return listener(port(this.demo.dsn));
  }

  /** What a statement prints that the superuser runs in the datastore. */
  askDatastore(sql, input = undefined) {
    const url = new URL(this.demo.dsn);
    const password = fs.readFileSync(path.join(this.home, "secrets/postgres"), "utf8").trim();
    const place = ["-h", url.hostname, "-p", url.port, "-U", "postgres", "-d", "drawbridge"];
    const env = { ...process.env, PGPASSWORD: password };
    return output("psql", ["-XqAt", "-v", "ON_ERROR_STOP=1", ...place, "-c", sql], { env, input });
  }

  /** What an earlier run left would be larger and slower than what this one starts with. */
  async empty() {
    if (fs.existsSync(this.home)) await this.down();
    this.removeHome();
  }

  /** Keeps what it wrote when the measurement failed. */
  async end() {
    await this.down();
    if (!process.exitCode) this.removeHome();
  }

  removeHome() {
    fs.rmSync(this.home, { recursive: true, force: true });
  }

  #place() {
    return ["--home", this.home, "--port-offset", String(this.portOffset)];
  }

  #command(args, options) {
    return run(path.join(this.folder, "drawbridge"), args, { cwd: this.folder, ...options });
  }
}

const port = (url) => Number(new URL(url).port);
