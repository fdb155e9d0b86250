import http from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { outcome, rpc, StatelessEndpoint } from "./mcp.mjs";
import { percentile } from "./numbers.mjs";
import { pause } from "./shell.mjs";

/** The rows that a caller has, whoever else there is; `work` is what the database has to do first. */
export const ownRows = (work = "true") =>
  `select owner, n from item where ${work} order by owner, n limit 10`;

/** Keeps a session busy without work. */
export const sleeping = (millis) => ownRows(`(select pg_sleep(${millis / 1000})) is not null`);

/** Keeps a core busy: about a millisecond for ten thousand. */
export const counting = (numbers) =>
  ownRows(`(select count(*) from generate_series(1, ${numbers}) i where i % 7 = 3) > 0`);

/** Whoever is refused waits as long as the answer says, but no longer. */
const LONGEST_PAUSE_MILLIS = 1_000;

/** Many callers of `query_database` at once, and what each was answered. */
export class Crowd {
  #agent = new http.Agent({ keepAlive: true });
  #endpoints = new Map();
  #url;
  #connection;

  constructor(url, connection) {
    this.#url = url;
    this.#connection = connection;
  }

  /**
   * As callers do who do not know each other: `perSecond` calls a second whether or not earlier
   * ones are answered, but no more than `atOnce` under way. A latency counts from when the call
   * was due. Without `perSecond` each caller calls again as soon as it is answered.
   *
   * @param load {callers, sql, atOnce, perSecond, seconds, calls}; ends after `seconds` or `calls`
   * @return the [Answers]
   */
  async run({ callers, sql, atOnce, perSecond, seconds = Infinity, calls = Infinity }) {
    const answers = new Answers();
    const began = performance.now();
    const end = began + seconds * 1000;
    let taken = 0;
    const worker = async () => {
      while (taken < calls) {
        const turn = taken++;
        const due = perSecond ? began + (turn * 1000) / perSecond : performance.now();
        if (due >= end) return;
        if (due > performance.now()) await pause(due - performance.now());
        if (performance.now() >= end) return;
        const answer = await this.#call(callers[turn % callers.length], sql, due);
        answers.add(answer);
        if (answer.again) await pause(Math.min(answer.again, LONGEST_PAUSE_MILLIS));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    answers.seconds = (performance.now() - began) / 1000;
    answers.stop();
    return answers;
  }

  /** One call, now. */
  once(caller, sql) {
    return this.#call(caller, sql, performance.now());
  }

  async #call(caller, sql, due) {
    const args = { connection_id: this.#connection, sql };
    const message = rpc("tools/call", { name: "query_database", arguments: args });
    const began = performance.now();
    let came;
    try {
      came = outcome(await this.#endpoint(caller).post(message));
    } catch (failure) {
      came = { kind: `connection: ${failure.code ?? failure.message}` };
    }
    const at = performance.now();
    return { caller, at, fromDue: at - due, fromSent: at - began, ...came };
  }

  #endpoint({ token }) {
    let endpoint = this.#endpoints.get(token);
    if (!endpoint) {
      const headers = { Authorization: `Bearer ${token}` };
      endpoint = new StatelessEndpoint(this.#url, headers, this.#agent);
      this.#endpoints.set(token, endpoint);
    }
    return endpoint;
  }

  end() {
    this.#agent.destroy();
  }
}

/** What calls came to. */
export class Answers {
  #own = monitorEventLoopDelay({ resolution: 5 });
  all = [];
  foreign = 0;

  constructor() {
    this.#own.enable();
  }

  add({ caller, rows, ...answer }) {
    const isOwn = ([owner, n], i) => owner === caller.owner && n === i + 1;
    const own = rows?.length === 3 && rows.every(isOwn);
    if (rows && !own) this.foreign++;
    const more = rows?.[0]?.length > 2 ? rows[0].slice(2) : undefined;
    this.all.push({ ...answer, more, agentClass: caller.agentClass });
  }

  stop() {
    this.#own.disable();
  }

  /** How late this process itself woke up, at the 99th percentile. */
  get ownDelay() {
    return this.#own.percentile(99) / 1e6;
  }

  where(condition) {
    return this.all.filter(condition);
  }

  /** How many of each kind. */
  kinds(among = this.all) {
    const counts = {};
    for (const { kind } of among) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  }

  /** Of those that got rows, or of `among`, from when they were due. */
  latency(share, among = this.where((it) => it.kind === "rows")) {
    return percentile(among.map((it) => it.fromDue).sort((a, b) => a - b), share);
  }
}
