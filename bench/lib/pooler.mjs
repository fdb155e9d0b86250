import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { pause } from "./shell.mjs";
import { freePort, Target } from "./target.mjs";

/** A real PgBouncer before a [Target]. */
export class Pooler {
  #process;

  constructor(target, mode, sessions) {
    this.target = target;
    this.mode = mode;
    this.sessions = sessions;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "drawbridge-pooler-"));
    fs.chmodSync(this.folder, 0o755);
  }

  async create() {
    this.port = await freePort();
    const { username, password } = Target.login;
    const users = this.#write("users.txt", `"${username}" "${password}"\n`);
    this.#write(
      "pgbouncer.ini",
      [
        "[databases]",
        `* = host=127.0.0.1 port=${this.target.port}`,
        "[pgbouncer]",
        "listen_addr = 127.0.0.1",
        `listen_port = ${this.port}`,
        "unix_socket_dir =",
        "auth_type = scram-sha-256",
        `auth_file = ${users}`,
        `pool_mode = ${this.mode}`,
        `default_pool_size = ${this.sessions}`,
        "max_client_conn = 1000",
        "",
      ].join("\n"),
    );
    await this.start();
    return this;
  }

  async start() {
    const user = process.getuid() === 0 ? ["-u", "nobody"] : []; // It refuses to run as root.
    const log = fs.openSync(path.join(this.folder, "log"), "a");
    const args = [...user, path.join(this.folder, "pgbouncer.ini")];
    this.#process = spawn("pgbouncer", args, { stdio: ["ignore", log, log] });
    fs.closeSync(log);
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await answers(this.port)) return;
      await pause(20);
    }
    throw new Error(`pgbouncer did not start: see ${this.folder}/log`);
  }

  /** At once, whoever is connected. */
  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode) return;
    const ended = new Promise((resolve) => this.#process.once("close", resolve));
    this.#process.kill("SIGQUIT");
    await ended;
  }

  log() {
    return fs.readFileSync(path.join(this.folder, "log"), "utf8");
  }

  async end() {
    await this.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  #write(name, text) {
    const file = path.join(this.folder, name);
    fs.writeFileSync(file, text, { mode: 0o644 });
    return file;
  }
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}
