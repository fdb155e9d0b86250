import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { McpEndpoint, result, rpc, StatelessEndpoint } from "./mcp.mjs";
import { listener } from "./processes.mjs";
import { bench, output, pause } from "./shell.mjs";
import { HUNDRED_ROWS, SELECT_ONE } from "./workloads.mjs";

const PROGRAM = path.join(bench, "node_modules/@toolbox-sdk/server-linux-x64/bin/toolbox");

/** `query_database` as head office's agent calls it: token, session, row context, audit. */
export class Drawbridge {
  name = "Drawbridge";

  constructor(suite) {
    const { token } = suite.caller("head-office");
    this.pid = suite.gatewayPid;
    this.connection = suite.demo.connection;
    this.endpoint = new McpEndpoint(suite.mcp, { Authorization: `Bearer ${token}` });
  }

  call({ sql }) {
    const args = { connection_id: this.connection, sql };
    return rpc("tools/call", { name: "query_database", arguments: args });
  }

  list(method) {
    return rpc(method, {});
  }

  rows(answer) {
    return result(answer).structuredContent.rows;
  }
}

/** The same without a session, as MCP 2026-07-28 has it. */
export class StatelessDrawbridge extends Drawbridge {
  name = "Drawbridge without sessions";

  constructor(suite) {
    super(suite);
    const { token } = suite.caller("head-office");
    this.endpoint = new StatelessEndpoint(suite.mcp, { Authorization: `Bearer ${token}` });
  }
}

/** MCP Toolbox, Google's, with one tool per statement. It answers this revision without sessions. */
export class Toolbox {
  name = "Toolbox";

  constructor(dsn, port) {
    this.dsn = new URL(dsn);
    this.port = port;
    this.endpoint = new McpEndpoint(`http://127.0.0.1:${port}/mcp`);
  }

  async start() {
    const file = path.join(bench, "peers/toolbox.yaml");
    const args = ["--config", file, "--port", String(this.port), "--log-level", "ERROR"];
    args.push("--disable-reload", "--disable-version-check");
    const env = {
      ...process.env,
      RETAIL_HOST: this.dsn.hostname,
      RETAIL_PORT: this.dsn.port,
      RETAIL_DATABASE: this.dsn.pathname.slice(1),
      RETAIL_USER: decodeURIComponent(this.dsn.username),
      RETAIL_PASSWORD: decodeURIComponent(this.dsn.password),
      SELECT_ONE: SELECT_ONE.sql,
      HUNDRED_ROWS: HUNDRED_ROWS.sql,
    };
    const log = fs.openSync(path.join(bench, "target/toolbox.log"), "w");
    this.process = spawn(PROGRAM, args, { env, stdio: ["ignore", log, log] });
    for (let attempt = 0; ; attempt++) {
      await pause(100);
      try {
        this.pid = listener(this.port);
        if (this.pid === this.process.pid) return;
      } catch {
        // It has not opened its port yet.
      }
      if (attempt === 100 || this.process.exitCode !== null) {
        throw new Error("Toolbox did not start: see bench/target/toolbox.log");
      }
    }
  }

  stop() {
    this.process?.kill();
  }

  call({ key }) {
    return rpc("tools/call", { name: key, arguments: {} });
  }

  rows(answer) {
    return result(answer).content.map((item) => Object.values(JSON.parse(item.text)));
  }

  static version() {
    return output(PROGRAM, ["--version"]).match(/version ([^+\s]+)/)[1];
  }
}
