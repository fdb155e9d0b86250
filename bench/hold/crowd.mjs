// 10,000 agents on 40 sessions; bench/README.md says how to read it.
import { Conditions } from "../lib/conditions.mjs";
import { sleeping } from "../lib/crowd.mjs";
import { short, whole } from "../lib/numbers.mjs";
import { memory } from "../lib/processes.mjs";
import { table } from "../lib/machine.mjs";
import { CLASSES, options, Scenario } from "../lib/scenario.mjs";
import { command, publish, session } from "../lib/session.mjs";
import { pause } from "../lib/shell.mjs";
import { Target } from "../lib/target.mjs";

const BUDGET = 40;
const STATEMENT_MILLIS = 100;
const AT_ONCE = 500;
const MOST_RSS = 400;

/** A token that the gateway does not know yet is judged by auth-service, which takes time. */
const INTRODUCED_AT_ONCE = 50;

/** What a busy machine adds to a wait before its end is seen here. */
const SLACK_MILLIS = 500;

const { quick, "port-offset": portOffset } = options();
const TOKENS = quick ? 1_000 : 10_000;
const CALLS = quick ? 3_000 : 20_000;
const scenario = new Scenario(portOffset);

await session(main, () => scenario.end());

async function main() {
  await scenario.start();
  const connection = await scenario.connect("crowded", { maxConnections: BUDGET, environment: "prod" });
  const began = performance.now();
  const wanted = { accounts: 200, tokens: TOKENS, classes: Object.keys(CLASSES) };
  const callers = await scenario.identities(connection, wanted);
  const minting = (performance.now() - began) / 1000;
  const crowd = scenario.crowd(connection);
  const load = { callers, sql: sleeping(STATEMENT_MILLIS), atOnce: AT_ONCE };
  const sessions = scenario.target.sample(Target.sessions("crowded"));
  const resident = watchResident(scenario.suite.gatewayPid);
  const first = await crowd.run({ ...load, atOnce: INTRODUCED_AT_ONCE, calls: TOKENS });
  const answers = await crowd.run({ ...load, calls: CALLS });
  await pause(2_000);
  const left = scenario.target.busy("crowded");
  sessions.stop();
  const { pools } = await scenario.api.gateway("GET", `/api/v1/connections/${connection}/pools`);
  const judged = judge({ first, answers, sessions, pools, left, rss: resident() });
  publish("crowd", report({ minting, first, answers, sessions, pools, judged }), quick ? "target" : "results");
  if (!judged.met) process.exitCode = 1;
}

function watchResident(pid) {
  let highest = 0;
  const look = () => (highest = Math.max(highest, memory(pid).rss));
  const timer = setInterval(look, 500);
  return () => {
    clearInterval(timer);
    look();
    return highest;
  };
}

function judge({ first, answers, sessions, pools, left, rss }) {
  const conditions = new Conditions();
  conditions.atMost("sessions in pg_stat_activity", BUDGET, sessions.highest());
  for (const [agentClass, { waitMillis }] of Object.entries(CLASSES)) {
    const of = answers.where((it) => it.agentClass === agentClass);
    const served = of.filter((it) => it.kind === "rows");
    // Neither is less than it was: here the way to the gateway counts too, there powers of two.
    const seen = answers.latency(0.99, served) - STATEMENT_MILLIS;
    const counted = pools.find((it) => it.agentClass === agentClass).waits.p99Us / 1e3;
    const waited = Math.min(seen, counted);
    conditions.atMost(`${agentClass}: p99 until it has a session`, waitMillis, waited, " ms");
    const refused = of.filter((it) => it.kind === "OVERLOADED");
    const latest = Math.max(0, ...refused.map((it) => it.fromSent));
    const bound = waitMillis + SLACK_MILLIS;
    conditions.atMost(`${agentClass}: latest OVERLOADED of ${refused.length}`, bound, latest, " ms");
  }
  for (const [name, { all, foreign }] of Object.entries({ first, then: answers })) {
    const other = all.filter((it) => it.kind !== "rows" && it.kind !== "OVERLOADED");
    conditions.atMost(`${name}: answers other than rows and OVERLOADED`, 0, other.length);
    conditions.atMost(`${name}: answers with rows of others`, 0, foreign);
  }
  conditions.atMost("sessions left busy", 0, left);
  conditions.atMost("resident memory of the gateway", MOST_RSS, rss, " MiB");
  return conditions;
}

function report({ minting, first, answers, sessions, pools, judged }) {
  const rows = Object.keys(CLASSES).map((agentClass) => {
    const of = answers.where((it) => it.agentClass === agentClass);
    const served = of.filter((it) => it.kind === "rows");
    const latencies = [0.5, 0.95, 0.99].map((share) => short(answers.latency(share, served)));
    const { waits } = pools.find((it) => it.agentClass === agentClass);
    return [agentClass, whole(of.length), whole(served.length), ...latencies, short(waits.p99Us / 1e3)];
  });
  return [
    "# Ten thousand agents on forty sessions",
    `\`${command("bench/hold.sh crowd")}\``,
    table(["", "of this run"], scenario.origin),
    `${whole(TOKENS)} tokens of 200 accounts, there after ${short(minting)} s; ` +
      `${AT_ONCE} callers at once, each call by another token, for a statement of ` +
      `${STATEMENT_MILLIS} ms that returns the caller's three rows. Whoever is refused waits as long as the ` +
      `answer says, a second at most. First a call by each token, ${INTRODUCED_AT_ONCE} at once (${short(first.all.length / first.seconds)} a second), ` +
      `then ${whole(CALLS)} more (${short(answers.all.length / answers.seconds)} a second), which the numbers are of.`,
    judged.text(),
    table(["class", "calls", "served", "p50 ms", "p95 ms", "p99 ms", "p99 wait ms"], rows),
    "*p99 wait* is the gateway's own count of all calls, rounded up by less than a fifteenth.",
    `Answers: \`${JSON.stringify(first.kinds())}\`, then \`${JSON.stringify(answers.kinds())}\`. ` +
      `${whole(sessions.seen.length)} looks into pg_stat_activity, one every 20 ms. The load ` +
      `generator woke up ${short(answers.ownDelay)} ms late at the 99th percentile.`,
  ].join("\n\n");
}
