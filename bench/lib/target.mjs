import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { children, program } from "./processes.mjs";
import { output, pause, run } from "./shell.mjs";

const PASSWORD = "bench-target";
const AGENT = "agent";
const SAMPLE_SECONDS = 0.02;

/** PostgreSQL refuses root; in a user namespace our files stay ours, and we are not root. */
const PREFIX = process.getuid() === 0 ? ["unshare", "-U"] : [];

/** Each owner has three rows that nobody else may see. */
const ROWS = `
  create role ${AGENT} login password '${PASSWORD}';
  create table item (owner text, n int, primary key (owner, n));
  alter table item enable row level security;
  create policy own on item using (owner = current_setting('app.owner', true));
  grant select on item to ${AGENT};
  insert into item select 'agent-' || a, n from generate_series(0, 999) a, generate_series(1, 3) n;
  insert into item select 'rival-' || a, n from generate_series(0, 999) a, generate_series(1, 3) n;
  analyze item`;

/**
 * A PostgreSQL that agents query and that may be killed: the program of the suite's own one, with
 * data of its own.
 */
export class Target {
  #bin;
  #process;

  constructor(suite, name = "primary") {
    this.#bin = path.dirname(program(suite.postgresPid));
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), `drawbridge-${name}-`));
    this.data = path.join(this.folder, "data");
  }

  async create(settings = {}) {
    const passwordFile = path.join(this.folder, "password");
    fs.writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
    const args = ["-D", this.data, "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8"];
    await this.#run("initdb", [...args, "--locale=C", `--pwfile=${passwordFile}`, "--no-sync"]);
    await this.#configure({ ...settings });
    await this.start();
    this.sql(ROWS);
    return this;
  }

  /** A streaming replica of it, as it is now, in a folder of its own. */
  async replica(suite) {
    const replica = new Target(suite, "replica");
    await this.stop();
    fs.cpSync(this.data, replica.data, { recursive: true });
    fs.chmodSync(replica.data, 0o700);
    await this.start();
    fs.writeFileSync(path.join(replica.data, "standby.signal"), "");
    const source = `host=127.0.0.1 port=${this.port} user=postgres password=${PASSWORD}`;
    await replica.#configure({ primary_conninfo: `'${source}'`, hot_standby_feedback: "on" });
    await replica.start();
    return replica;
  }

  async #configure(settings) {
    this.port = await freePort();
    const all = {
      port: this.port,
      listen_addresses: "'127.0.0.1'",
      unix_socket_directories: "''",
      max_connections: 200,
      fsync: "off",
      ...settings,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}\n`);
    fs.appendFileSync(path.join(this.data, "postgresql.conf"), lines.join(""));
  }

  async start() {
    const log = fs.openSync(path.join(this.folder, "log"), "a");
    const [command, ...args] = [...PREFIX, path.join(this.#bin, "postgres"), "-D", this.data];
    this.#process = spawn(command, args, { stdio: ["ignore", log, log] });
    fs.closeSync(log);
    for (let attempt = 0; attempt < 300; attempt++) {
      await pause(50);
      try {
        if (this.sql("select 1") === "1") return;
      } catch {
        if (this.#process.exitCode !== null) break;
      }
    }
    throw new Error(`PostgreSQL did not start: see ${this.folder}/log`);
  }

  /** All of its processes at once, as when a machine loses power. */
  async kill() {
    const { pid } = this.#process;
    const all = [pid, ...children(pid)];
    const ended = this.#ended();
    for (const one of all) signal(one, "SIGKILL");
    await ended;
  }

  /** Waits for nobody. */
  async stop() {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode) return;
    const ended = this.#ended();
    this.#process.kill("SIGINT");
    await ended;
  }

  log() {
    return fs.readFileSync(path.join(this.folder, "log"), "utf8");
  }

  async end() {
    await this.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** As the superuser. */
  sql(text, database = "postgres") {
    return output("psql", [...this.#place(), "-d", database, "-c", text], this.#environment());
  }

  /** Waits until a statement prints `t`. */
  async until(sql, database) {
    while (this.sql(sql, database) !== "t") await pause(20);
  }

  /**
   * Makes a database for a connection, so that its sessions are known.
   *
   * @return how it is registered, for callers who are told apart by `app.owner`
   */
  connection(name, more = {}) {
    this.sql(`create database ${name} template postgres`);
    return {
      name,
      host: "127.0.0.1",
      port: this.port,
      database: name,
      username: AGENT,
      password: PASSWORD,
      tlsMode: "disable",
      rls: { mode: "claims", settings: { "app.owner": "attributes.owner" } },
      ...more,
    };
  }

  /**
   * Asks for one number again and again, every 20 ms, also over a restart.
   *
   * @return {highest(), last(), stop()}: the numbers with when they were seen
   */
  sample(sql, database = "postgres") {
    return new Sampler([...this.#place(), "-d", database], this.#environment(), sql);
  }

  /** Asks for the sessions of a connection. */
  static sessions(name) {
    return `select count(*) from pg_stat_activity where datname = '${name}' and usename = '${AGENT}'`;
  }

  /** Of them those that are in a transaction. */
  busy(name) {
    return Number(this.sql(`${Target.sessions(name)} and state <> 'idle'`));
  }

  static get login() {
    return { username: AGENT, password: PASSWORD };
  }

  #ended() {
    return new Promise((resolve) => this.#process.once("close", resolve));
  }

  #run(name, args) {
    const [command, ...all] = [...PREFIX, path.join(this.#bin, name), ...args];
    return run(command, all);
  }

  #place() {
    return ["-XqAt", "-h", "127.0.0.1", "-p", String(this.port), "-U", "postgres"];
  }

  #environment() {
    const env = { ...process.env, PGPASSWORD: PASSWORD, PGCONNECT_TIMEOUT: "2" };
    return { env, stdio: ["ignore", "pipe", "ignore"] };
  }
}

class Sampler {
  #stopped = false;
  #seen = [];
  #child;

  constructor(place, { env }, sql) {
    this.#again(place, env, `${sql}\n\\watch ${SAMPLE_SECONDS}\n`);
  }

  #again(place, env, script) {
    if (this.#stopped) return;
    this.#child = spawn("psql", place, { env, stdio: ["pipe", "pipe", "ignore"] });
    this.#child.stdout.setEncoding("utf8").on("data", (text) => this.#take(text));
    this.#child.on("close", () => setTimeout(() => this.#again(place, env, script), 50));
    this.#child.stdin.on("error", () => {}).end(script);
  }

  #take(text) {
    const at = performance.now();
    for (const line of text.split("\n")) {
      if (/^\d+$/.test(line)) this.#seen.push({ at, value: Number(line) });
    }
  }

  get seen() {
    return this.#seen;
  }

  highest() {
    return Math.max(0, ...this.#seen.map((it) => it.value));
  }

  stop() {
    this.#stopped = true;
    this.#child.kill();
  }
}

/** Nobody listens there now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (gone) {
    if (gone.code !== "ESRCH") throw gone;
  }
}
