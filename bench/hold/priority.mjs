// What saturation by serverless agents does to others; bench/README.md says how to read it.
import os from "node:os";
import { Conditions } from "../lib/conditions.mjs";
import { counting, sleeping } from "../lib/crowd.mjs";
import { table } from "../lib/machine.mjs";
import { short, whole } from "../lib/numbers.mjs";
import { CLASSES, options, Scenario } from "../lib/scenario.mjs";
import { command, publish, session } from "../lib/session.mjs";

/** More than a small server can work on at once, and about what its cores can: two for each, and one. */
const BUDGET = 16;
const SIZED = 2 * os.availableParallelism() + 1;
const CROWD = 64;
const WORST_RATIO = 3;

/** A class has starved when none of its calls was served for so long. */
const STARVED_MILLIS = 5_000;

/** What serverless agents do without pause, and what others ask for now and then. */
const LOADS = [
  { name: "sleeping", budget: BUDGET, busy: sleeping(200), own: sleeping(20) },
  { name: "on the CPU", budget: SIZED, busy: counting(1_000_000), own: counting(200_000) },
];

/** The same where nobody has asked how much the server can do; for comparison. */
const UNSIZED = { ...LOADS[1], name: "on the CPU, oversized", budget: BUDGET };

const OTHERS = { "high-performance": 10, persistent: 4, edge: 4 };

const { quick, "port-offset": portOffset } = options();
const SECONDS = quick ? 8 : 30;
const scenario = new Scenario(portOffset);

await session(main, () => scenario.end());

async function main() {
  await scenario.start();
  const wanted = { accounts: 32, tokens: 256, classes: Object.keys(CLASSES) };
  const callers = await scenario.identities("*", wanted);
  const crowds = {
    [BUDGET]: await connected("busy", BUDGET),
    [SIZED]: await connected("sized", SIZED),
  };
  const warm = { callers, sql: LOADS[1].own, atOnce: 8, seconds: quick ? 5 : 15 };
  for (const crowd of Object.values(crowds)) await crowd.run(warm);
  const conditions = new Conditions();
  const sections = [];
  for (const load of [...LOADS, UNSIZED]) {
    const crowd = crowds[load.budget];
    const alone = await others(crowd, callers, load.own);
    const [crowded, ...answers] = await Promise.all([
      serverless(crowd, callers, load.busy),
      ...Object.keys(OTHERS).map((name) => other(crowd, callers, load.own, name)),
    ]);
    const busy = Object.fromEntries(Object.keys(OTHERS).map((name, i) => [name, answers[i]]));
    if (load !== UNSIZED) judge(conditions, load, alone, { ...busy, serverless: crowded });
    sections.push(section(load, alone, { ...busy, serverless: crowded }));
  }
  publish("priority", report(conditions, sections), quick ? "target" : "results");
  if (!conditions.met) process.exitCode = 1;
}

async function connected(name, maxConnections) {
  return scenario.crowd(await scenario.connect(name, { maxConnections, environment: "prod" }));
}

/** Each class without the crowd. */
async function others(crowd, callers, sql) {
  const answers = await Promise.all(
    Object.keys(OTHERS).map((name) => other(crowd, callers, sql, name)),
  );
  return Object.fromEntries(Object.keys(OTHERS).map((name, i) => [name, answers[i]]));
}

function other(crowd, callers, sql, agentClass) {
  const those = callers.filter((it) => it.agentClass === agentClass);
  const perSecond = OTHERS[agentClass];
  return crowd.run({ callers: those, sql, atOnce: 64, perSecond, seconds: SECONDS });
}

function serverless(crowd, callers, sql) {
  const those = callers.filter((it) => it.agentClass === "serverless");
  return crowd.run({ callers: those, sql, atOnce: CROWD, seconds: SECONDS });
}

function judge(conditions, { name }, alone, busy) {
  const fast = "high-performance";
  const ratio = busy[fast].latency(0.95) / alone[fast].latency(0.95);
  conditions.atMost(`${name}: p95 of high-performance against alone`, WORST_RATIO, ratio, " ×");
  for (const [agentClass, answers] of Object.entries(busy)) {
    const longest = longestGap(answers);
    conditions.atMost(`${name}: ${agentClass} without a served call`, STARVED_MILLIS, longest, " ms");
    const other = answers.where((it) => it.kind !== "rows" && it.kind !== "OVERLOADED");
    conditions.atMost(`${name}: ${agentClass}, other answers than rows and OVERLOADED`, 0, other.length);
    conditions.atMost(`${name}: ${agentClass}, rows of others`, 0, answers.foreign);
  }
}

function longestGap({ all, seconds }) {
  const first = Math.min(...all.map((it) => it.at - it.fromDue));
  const served = all.filter((it) => it.kind === "rows").map((it) => it.at);
  const times = [first, ...served.sort((a, b) => a - b), first + seconds * 1000];
  return Math.max(...times.slice(1).map((at, i) => at - times[i]));
}

function section({ name, budget, busy, own }, alone, all) {
  const rows = Object.entries(all).map(([agentClass, answers]) => {
    const quiet = alone[agentClass];
    const served = answers.where((it) => it.kind === "rows").length;
    const p95 = answers.latency(0.95);
    return [
      agentClass,
      quiet ? short(quiet.latency(0.95)) : "",
      short(answers.latency(0.5)),
      short(p95),
      quiet ? short(p95 / quiet.latency(0.95)) : "",
      whole(served),
      whole(answers.where((it) => it.kind === "OVERLOADED").length),
    ];
  });
  const head = ["class", "alone p95 ms", "busy p50 ms", "busy p95 ms", "ratio", "served", "refused"];
  return [
    `## ${name}`,
    `${budget} sessions. Serverless: \`${busy}\`; the others: \`${own}\`.`,
    table(head, rows),
    `The load generator woke up ${short(all.serverless.ownDelay)} ms late at the 99th percentile.`,
  ].join("\n\n");
}

function report(conditions, sections) {
  const rates = Object.entries(OTHERS).map(([name, rate]) => `${rate} of ${name}`);
  return [
    "# Who waits for whom",
    `\`${command("bench/hold.sh priority")}\``,
    table(["", "of this run"], scenario.origin),
    `${CROWD} serverless callers ask without pause for ${SECONDS} s, while others ask ` +
      `at a fixed rate a second (${rates.join(", ")}), which they also do alone before. A latency counts ` +
      "from when a call was due.",
    conditions.text(),
    ...sections,
  ].join("\n\n");
}
