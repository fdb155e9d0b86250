import { isDeepStrictEqual } from "node:util";
import { pgbench, wrk } from "./load.mjs";
import {
  besidesCpuMicros,
  cpuMicros,
  familyCpuMicros,
  machineCpuMicros,
  memory,
  ownCpuMicros,
} from "./processes.mjs";
import { output, pause } from "./shell.mjs";

/** Calls that the load generator left behind come to an end in this time. */
const SETTLE_MILLIS = 250;

/** Measures one server under one load: how fast, how much CPU and memory, and whether it is right. */
export class Cells {
  #expected = new Map();
  #suite;
  #agent;

  constructor(suite) {
    this.#suite = { dsn: suite.demo.dsn, auth: suite.authPid, postgres: suite.postgresPid };
    this.#agent = decodeURIComponent(new URL(suite.demo.dsn).username);
  }

  /** Calls of a tool; before and after them a call must return the rows that psql returns. */
  async calls(server, workload, concurrency, seconds) {
    const { endpoint } = server;
    await endpoint.open();
    const before = await this.#rightAnswer(server, workload);
    const request = endpoint.text(server.call(workload));
    const cell = await this.#under(server.pid, () =>
      wrk(endpoint.url, request, concurrency, seconds),
    );
    const after = await this.#rightAnswer(server, workload);
    await endpoint.close();
    cell.bodyBytes = before.bodyBytes;
    cell.problems = problems(cell, after.wireBytes, concurrency);
    return cell;
  }

  /** Any other request, whose first answer only must be a result. */
  async requests(server, message, concurrency, seconds) {
    const { endpoint } = server;
    await endpoint.open();
    await endpoint.post(message);
    const { bodyBytes, wireBytes } = await endpoint.post(message);
    const request = endpoint.text(message);
    const cell = await this.#under(server.pid, () =>
      wrk(endpoint.url, request, concurrency, seconds),
    );
    await endpoint.close();
    return { ...cell, bodyBytes, problems: problems(cell, wireBytes, concurrency) };
  }

  /** What PostgreSQL itself can do with the statement, without anybody in between. */
  async limit(script, workload, caller, concurrency, seconds) {
    const cell = await this.#under(null, () =>
      pgbench(this.#suite.dsn, script, workload.sql, caller, concurrency, seconds),
    );
    cell.problems = [];
    if (!cell.requests) cell.problems.push("no transactions");
    if (cell.lost) cell.problems.push(`${cell.lost} transactions failed`);
    return cell;
  }

  async #under(pid, load) {
    const before = this.#used(pid);
    const cell = await load();
    await pause(SETTLE_MILLIS);
    const after = this.#used(pid);
    const spent = (name) => after[name] - before[name];
    const each = (name) => spent(name) / cell.requests;
    const ours = spent("server") + spent("auth") + spent("postgres") + spent("own");
    return {
      ...cell,
      serverMicros: pid ? each("server") : NaN,
      authMicros: pid ? each("auth") : NaN,
      postgresMicros: each("postgres"),
      besidesMicros: Math.max(0, each("besides")),
      othersCores: Math.max(0, (spent("machine") - ours) / spent("clock")),
      ...(pid ? memory(pid) : { rss: NaN, pss: NaN }),
    };
  }

  #used(pid) {
    const { auth, postgres } = this.#suite;
    return {
      server: pid ? cpuMicros(pid) : 0,
      auth: cpuMicros(auth),
      postgres: familyCpuMicros(postgres),
      besides: besidesCpuMicros(postgres, this.#agent),
      own: ownCpuMicros(),
      machine: machineCpuMicros(),
      clock: performance.now() * 1000,
    };
  }

  async #rightAnswer(server, workload) {
    const answer = await server.endpoint.post(server.call(workload));
    const rows = server.rows(answer).map((row) => row.map(comparable));
    if (!isDeepStrictEqual(rows, this.#rowsOf(workload))) {
      throw new Error(`${server.name} answers ${workload.name} with other rows than psql`);
    }
    return answer;
  }

  /** As head office sees them. */
  #rowsOf({ key, sql }) {
    if (!this.#expected.has(key)) {
      const identity = "select set_config('app.retail_role', 'head_office', false)";
      const rows = `select json_agg(t) from (${sql}) t`;
      const args = ["-XqAt", "-d", this.#suite.dsn, "-c", identity, "-c", rows];
      const json = output("psql", args).split("\n").slice(1).join("");
      const found = JSON.parse(json).map((row) => Object.values(row).map(comparable));
      this.#expected.set(key, found);
    }
    return this.#expected.get(key);
  }
}

/** Servers may write a numeric as a number or as a string. */
function comparable(value) {
  return value !== "" && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** At the end every connection may hold a part of an answer that was not counted. */
function problems({ requests, bytes, non2xx, lost }, wireBytes, concurrency) {
  const found = [];
  if (!requests) found.push("no answers");
  if (non2xx) found.push(`${non2xx} answers with an error status`);
  if (lost) found.push(`${lost} socket errors`);
  const excess = bytes - requests * wireBytes;
  if (excess < 0 || excess > concurrency * wireBytes) {
    found.push(`answers of another length: ${excess} bytes too many for ${wireBytes} each`);
  }
  return found;
}
