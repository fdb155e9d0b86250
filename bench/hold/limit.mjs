// Whether an algorithm finds how many statements a database should run at once; see bench/README.md.
import fs from "node:fs";
import path from "node:path";
import { table } from "../lib/machine.mjs";
import { short } from "../lib/numbers.mjs";
import { program } from "../lib/processes.mjs";
import { options, Scenario } from "../lib/scenario.mjs";
import { command, publish, session } from "../lib/session.mjs";
import { bench, checkout, output, run } from "../lib/shell.mjs";

const LIBRARY = "com.netflix.concurrency-limits:concurrency-limits-core:0.5.4";
const LIMITS = ["16", "4", "gradient 16", "vegas 16", "repeated 16"];

const count = (numbers) => `select count(*) from generate_series(1, ${numbers}) i where i % 7 = 3`;
const sleep = (millis) => `select pg_sleep(${millis / 1000})`;
const FIRST = count(200_000);
const LOADS = [
  { name: "on the CPU", crowd: [count(1_000_000)] },
  { name: "sleeping", crowd: [sleep(200)] },
  { name: "short and long sleeps", crowd: [sleep(20), sleep(500)] },
  { name: "one text, short and long", crowd: ["select pg_sleep(case when random() < 0.5 then 0.02 else 0.5 end)"] },
  { name: "both", crowd: [count(1_000_000), sleep(200)] },
];

const { quick, "port-offset": portOffset } = options();
const SECONDS = quick ? 5 : 10;
const scenario = new Scenario(portOffset);

await session(main, () => scenario.end());

async function main() {
  await scenario.start();
  const trial = prepare();
  await trial("16", []); // The JIT's warming up.
  const alone = await trial("16", []);
  const rows = [];
  for (const { name, crowd } of LOADS) {
    for (const limit of LIMITS) {
      const { perSecond, p50, p95, limit: mean, last } = await trial(limit, crowd);
      const ratio = p95 / alone.p95;
      rows.push([`${name}, ${limit}`, mean, last, ...[perSecond, p50, p95, ratio].map(short)]);
    }
  }
  publish("limit", report(alone, rows), quick ? "target" : "results");
}

function prepare() {
  const jdk = path.dirname(program(scenario.suite.gatewayPid));
  const lib = path.join(bench, "target/lib");
  fs.mkdirSync(lib, { recursive: true });
  const copy = ["-q", "dependency:copy", `-Dartifact=${LIBRARY}`, `-DoutputDirectory=${lib}`];
  output(path.join(checkout, "mvnw"), copy, {
    cwd: checkout,
    env: { ...process.env, JAVA_HOME: path.dirname(jdk) },
  });
  const main = path.join(checkout, "mcp-gateway/target/quarkus-app/lib/main/*");
  const classes = path.join(bench, "target/classes");
  const classPath = [path.join(lib, "*"), main, classes].join(":");
  const folder = path.join(bench, "java/dev/drawbridge/gateway/pool");
  const sources = ["LimitTrial.java", "RepeatedLimit.java"].map((it) => path.join(folder, it));
  const javac = ["-proc:none", "-nowarn", "-d", classes, "-cp", classPath, ...sources];
  output(path.join(jdk, "javac"), javac);
  const { port } = scenario.target;
  const url = `jdbc:postgresql://127.0.0.1:${port}/postgres`;
  const { username, password } = scenario.target.connection("trial");
  const env = { ...process.env, PGPASSWORD: password };
  return async (limit, crowd) => {
    const args = [url, username, limit, String(SECONDS), FIRST, ...crowd];
    const java = ["-Xmx128m", "-cp", classPath, "dev.drawbridge.gateway.pool.LimitTrial", ...args];
    const printed = await run(path.join(jdk, "java"), java, { env });
    console.error(`${limit}: ${crowd[0]} ${printed.trim()}`);
    return JSON.parse(printed.split("\n").findLast((line) => line.startsWith("{")));
  };
}

function report(alone, rows) {
  const head = ["crowd, limit", "limit, mean", "at the end", "crowd/s", "p50 ms", "p95 ms", "p95 against alone"];
  return [
    "# How many statements a database should run at once",
    `\`${command("bench/hold.sh limit")}\``,
    table(["", "of this run"], scenario.origin),
    `64 callers without pause on 16 sessions, and ten statements a second (\`${FIRST}\`) that go ` +
      `before them; alone their p95 is ${short(alone.p95)} ms. A number is a fixed limit, or what an algorithm begins with; \`gradient\` ` +
      `and \`vegas\` are Gradient2Limit and VegasLimit of ${LIBRARY} in a WindowedLimit, with ` +
      "their defaults, between 2 and 16; `repeated` is one of ours, by how much slower a statement is than its own " +
      `fastest run. After 3 s of quiet ${SECONDS} s each.`,
    table(head, rows),
  ].join("\n\n");
}
