import fs from "node:fs";
import path from "node:path";
import { percentile } from "./numbers.mjs";
import { bench, run } from "./shell.mjs";

/** pgbench counts the time in which it connects into its duration; a second is enough for so many. */
const CONNECTS_PER_SECOND = 32;

/** The share of pgbench's transactions whose latency is written down. */
const SAMPLE = 0.05;

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
