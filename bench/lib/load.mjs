import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { percentile } from "./numbers.mjs";
import { bench, pause, run } from "./shell.mjs";

/** pgbench counts the time in which it connects into its duration; a second is enough for so many. */
const CONNECTS_PER_SECOND = 32;

/** The share of pgbench's transactions whose latency is written down. */
const SAMPLE = 0.05;

const ANSWER_MILLIS = 10_000;

/** wrk with one thread and connections that are kept. */
export async function wrk(url, request, concurrency, seconds, method = "POST") {
  const file = path.join(bench, "target/request");
  fs.writeFileSync(file, request, { mode: 0o600 });
  const script = path.join(bench, "load/mcp_request.lua");
  const args = ["-t1", `-c${concurrency}`, `-d${seconds}s`, "--timeout", "10s", "-s", script, url];
  const text = await run("wrk", [...args, "--", file, method]);
  const seen = JSON.parse(text.split("\n").findLast((line) => line.startsWith("{")));
  return {
    requests: seen.requests,
    perSecond: (seen.requests * 1e6) / seen.micros,
    p50: seen.p50 / 1000,
    p99: seen.p99 / 1000,
    bytes: seen.bytes,
    non2xx: seen.status,
    lost: seen.socket,
  };
}

/**
 * Sends `perSecond` requests a second whether or not earlier ones are answered, as callers do who do
 * not know each other; a latency counts from when its request was due, so a stall is felt by all that fall into it.
 * Every answer must be as long as `bytes`. `own` is how late this process itself woke up.
 */
export async function atRate({ url, request, method = "POST", bytes }, perSecond, seconds) {
  const agent = new http.Agent({ keepAlive: true });
  const own = monitorEventLoopDelay({ resolution: 1 });
  const millis = [];
  const sent = [];
  const check = (answer, due) => {
    millis.push(performance.now() - due);
    if (answer.length !== bytes) throw new Error(`${url} answers otherwise: ${answer}`);
  };
  own.enable();
  const began = performance.now();
  while (sent.length < perSecond * seconds) {
    const due = began + (sent.length * 1000) / perSecond;
    if (due > performance.now()) await pause(1);
    else sent.push(once(url, request, method, agent).then((answer) => check(answer, due)));
    sent.at(-1)?.catch(() => {}); // It is looked at when all are there.
  }
  own.disable();
  await Promise.all(sent).finally(() => agent.destroy());
  millis.sort((a, b) => a - b);
  const nanos = own.percentile(99);
  return { p50: percentile(millis, 0.5), p99: percentile(millis, 0.99), own: nanos / 1e6 };
}

/** The body of the answer to a request in the form of [McpEndpoint.text], which must be a success. */
export function once(url, request, method = "POST", agent = undefined) {
  const [head, body] = request.split("\n\n");
  const headers = Object.fromEntries(head.split("\n").map((line) => line.split(/: (.*)/)));
  headers["Content-Length"] = Buffer.byteLength(body);
  const signal = AbortSignal.timeout(ANSWER_MILLIS);
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, headers, agent, signal }, async (response) => {
      try {
        const text = (await response.toArray()).join("");
        const { statusCode } = response;
        if (statusCode >= 300) throw new Error(`${url}: ${statusCode} ${text}`);
        resolve(text);
      } catch (failure) {
        reject(failure);
      }
    });
    sent.on("error", reject).end(body);
  });
}

/** pgbench with one thread and prepared statements; `script` is one of load/*.sql. */
export async function pgbench(dsn, script, sql, caller, concurrency, seconds) {
  const folder = fs.mkdtempSync(path.join(bench, "target/pgbench-"));
  const file = path.join(folder, "script.sql");
  const text = fs.readFileSync(path.join(bench, "load", script), "utf8");
  fs.writeFileSync(file, text.replace("@{statement}", sql));
  const args = ["-n", "-M", "prepared", "-j", "1", "-c", concurrency, "-f", file];
  args.push("-T", seconds + Math.ceil(concurrency / CONNECTS_PER_SECOND));
  args.push("--log", `--sampling-rate=${SAMPLE}`, `--log-prefix=${folder}/latency`);
  for (const [name, value] of Object.entries(caller)) args.push("-D", `${name}=${value}`);
  const printed = await run("pgbench", [...args.map(String), dsn]);
  const number = (pattern) => Number(printed.match(pattern)?.[1] ?? 0);
  const failed = number(/number of failed transactions: (\d+)/);
  const latencies = sampledMillis(folder);
  fs.rmSync(folder, { recursive: true });
  return {
    requests: number(/transactions actually processed: (\d+)/),
    perSecond: number(/^tps = ([\d.]+)/m),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    non2xx: 0,
    lost: failed,
  };
}

/** Each line of pgbench's log: client, transaction, microseconds, … */
function sampledMillis(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => name.startsWith("latency"))
    .flatMap((name) => fs.readFileSync(path.join(folder, name), "utf8").split("\n"))
    .filter((line) => line)
    .map((line) => Number(line.split(" ")[2]) / 1000)
    .sort((a, b) => a - b);
}
