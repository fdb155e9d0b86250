// Two gateways on one database, until one is killed; bench/README.md says how to read it.
import { Conditions } from "../lib/conditions.mjs";
import { ownRows, sleeping } from "../lib/crowd.mjs";
import { Gateway } from "../lib/gateway.mjs";
import { table } from "../lib/machine.mjs";
import { short, whole } from "../lib/numbers.mjs";
import { CLASSES, options, Scenario } from "../lib/scenario.mjs";
import { command, publish, session } from "../lib/session.mjs";
import { pause } from "../lib/shell.mjs";
import { Target } from "../lib/target.mjs";

const BUDGET = 40;
const AT_ONCE = 80;
const STATEMENT_MILLIS = 200;
const FREE_MILLIS = 10_000;

/** A token's own limit, and for how long it is tried at both gateways at once. */
const RATE = { requests: 120, perSeconds: 60 };
const RATE_SECONDS = 10;

const { quick, "port-offset": portOffset } = options();
const SHARED = quick ? 8 : 20;
const ALONE = quick ? 12 : 20;
const scenario = new Scenario(portOffset);

await session(main, () => scenario.end());

async function main() {
  await scenario.start();
  const second = await Gateway.beside(scenario.suite);
  scenario.onEnd(() => second.end());
  const connection = await scenario.connect("shared", { maxConnections: BUDGET, environment: "prod" });
  const wanted = { accounts: 64, tokens: 256, classes: Object.keys(CLASSES) };
  const callers = await scenario.identities(connection, wanted);
  const crowds = [scenario.crowd(connection), scenario.crowd(connection, second.mcp)];
  for (const crowd of crowds) await crowd.run({ callers, sql: ownRows(), atOnce: 8, calls: 600 });
  const limited = await rated(crowds, await limitedCaller(callers[0]));
  const sessions = scenario.target.sample(Target.sessions("shared"));
  const load = { callers, sql: sleeping(STATEMENT_MILLIS), atOnce: AT_ONCE };
  const began = performance.now();
  const [first] = await Promise.all([
    crowds[0].run({ ...load, seconds: SHARED + ALONE }),
    crowds[1].run({ ...load, seconds: SHARED + ALONE }),
    killAfter(SHARED, second),
  ]);
  sessions.stop();
  const killed = began + SHARED * 1_000;
  const all = sessions.seen.find((it) => it.at > killed + 500 && it.value >= BUDGET);
  const free = all ? all.at - killed : Infinity;
  const judged = judge({ first, sessions, free, limited });
  publish("replicas", report({ first, sessions, killed, limited, judged }), quick ? "target" : "results");
  if (!judged.met) process.exitCode = 1;
}

async function killAfter(seconds, gateway) {
  await pause(seconds * 1_000);
  await gateway.end("SIGKILL");
}

/** By the REST API: a token with a rate of its own. */
async function limitedCaller({ id, owner }) {
  const body = { name: "limited", agentClass: "persistent", rateLimit: RATE };
  const { token } = await scenario.api.auth("POST", `/api/v1/users/${id}/tokens`, body);
  return { owner, token, agentClass: "persistent" };
}

/** As fast as it can, at both gateways: how many calls got through, and in what time. */
async function rated(crowds, caller) {
  const load = { callers: [caller], sql: ownRows(), atOnce: 2, seconds: RATE_SECONDS };
  const answers = await Promise.all(crowds.map((crowd) => crowd.run(load)));
  const through = answers.map((it) => it.where((one) => one.kind === "rows").length);
  const seconds = Math.max(...answers.map((it) => it.seconds));
  const may = RATE.requests + (RATE.requests / RATE.perSeconds) * seconds;
  return { through, may: Math.floor(may) + 1, kinds: answers.map((it) => it.kinds()) };
}

function judge({ first, sessions, free, limited }) {
  const conditions = new Conditions();
  conditions.atMost("sessions of both gateways in pg_stat_activity", BUDGET, sessions.highest());
  conditions.atMost("from the kill until the other has them all", FREE_MILLIS, free, " ms");
  const other = first.where((it) => it.kind !== "rows" && it.kind !== "OVERLOADED");
  conditions.atMost("the other: answers other than rows and OVERLOADED", 0, other.length);
  conditions.atMost("the other: answers with rows of others", 0, first.foreign);
  const through = limited.through.reduce((sum, it) => sum + it, 0);
  conditions.atMost("calls of a limited token at both", limited.may, through);
  conditions.add("of them at each", "> 0", limited.through.join(" and "), Math.min(...limited.through) > 0);
  return conditions;
}

function report({ first, sessions, killed, limited, judged }) {
  const seconds = [-2, -1, 0, 1, 2, 3, 5, 8, 10].map((second) => {
    const from = killed + second * 1_000;
    const those = sessions.seen.filter((it) => it.at >= from && it.at < from + 1_000);
    const values = those.map((it) => it.value);
    return [second, values.length ? Math.min(...values) : "–", values.length ? Math.max(...values) : "–"];
  });
  return [
    "# Two gateways, and then one",
    `\`${command("bench/hold.sh replicas")}\``,
    table(["", "of this run"], scenario.origin),
    `${AT_ONCE} callers at each gateway without pause, a statement of ${STATEMENT_MILLIS} ms, one budget of ` +
      `${BUDGET} sessions. After ${SHARED} s one gateway is killed. Before, a token that may make ` +
      `${RATE.requests} calls in ${RATE.perSeconds} s calls both for ${RATE_SECONDS} s ` +
      `(\`${JSON.stringify(limited.kinds)}\`).`,
    judged.text(),
    table(["seconds after the kill", "fewest sessions", "most sessions"], seconds),
    `${whole(first.all.length)} calls at the gateway that is left: \`${JSON.stringify(first.kinds())}\`; ` +
      `p50 of the served ${short(first.latency(0.5))} ms, p99 ${short(first.latency(0.99))} ms.`,
  ].join("\n\n");
}
