// 100,000 calls through a transaction pooler; bench/README.md says how to read it.
import { Conditions } from "../lib/conditions.mjs";
import { ownRows } from "../lib/crowd.mjs";
import { table } from "../lib/machine.mjs";
import { short, whole } from "../lib/numbers.mjs";
import { Pooler } from "../lib/pooler.mjs";
import { CLASSES, options, Scenario } from "../lib/scenario.mjs";
import { command, publish, session } from "../lib/session.mjs";
import { pause } from "../lib/shell.mjs";

const IDENTITIES = 50;
const AT_ONCE = 32;
const SERVER_SESSIONS = 6;
const OUR_SESSIONS = 16;

/** Texts that a session would prepare and another server session would not know. */
const STATEMENTS = [ownRows(), ownRows("n > 0"), ownRows("n = n"), ownRows("length(owner) > 1")];

const { quick, "port-offset": portOffset } = options();
const CALLS = quick ? 8_000 : 100_000;
const scenario = new Scenario(portOffset);

await session(main, () => scenario.end());

async function main() {
  await scenario.start();
  const pooler = await new Pooler(scenario.target, "transaction", SERVER_SESSIONS).create();
  scenario.onEnd(() => pooler.end());
  const place = { port: pooler.port, mode: "transaction", maxConnections: OUR_SESSIONS };
  const connection = await scenario.connect("pooled", { ...place, environment: "prod" });
  const wanted = { accounts: IDENTITIES, tokens: IDENTITIES, classes: Object.keys(CLASSES) };
  const callers = await scenario.identities(connection, wanted);
  const crowd = scenario.crowd(connection);
  const answers = await Promise.all(
    STATEMENTS.map((sql) =>
      crowd.run({ callers, sql, atOnce: AT_ONCE / STATEMENTS.length, calls: CALLS / STATEMENTS.length }),
    ),
  );
  await pause(1_000);
  const left = scenario.target.busy("pooled");
  const logs = pooler.log() + scenario.target.log();
  const judged = judge(answers, left, logs);
  publish("transactions", report(answers, judged), quick ? "target" : "results");
  if (!judged.met) process.exitCode = 1;
}

function judge(answers, left, logs) {
  const all = answers.flatMap((it) => it.all);
  const foreign = answers.reduce((sum, it) => sum + it.foreign, 0);
  const conditions = new Conditions();
  conditions.add("calls", whole(CALLS), whole(all.length), all.length === CALLS);
  conditions.atMost("answers with rows of others", 0, foreign);
  conditions.atMost("answers other than rows", 0, all.filter((it) => it.kind !== "rows").length);
  const complaints = logs.split("\n").filter((line) => line.includes("prepared statement"));
  conditions.atMost("lines of logs about prepared statements", 0, complaints.length);
  conditions.atMost("sessions left busy", 0, left);
  return conditions;
}

function report(answers, judged) {
  const all = answers.flatMap((it) => it.all);
  const perSecond = all.length / Math.max(...answers.map((it) => it.seconds));
  const kinds = answers.map((it) => JSON.stringify(it.kinds()));
  return [
    "# A hundred thousand calls through a transaction pooler",
    `\`${command("bench/hold.sh transactions")}\``,
    table(["", "of this run"], scenario.origin),
    `${IDENTITIES} identities, ${AT_ONCE} calls at once of ${STATEMENTS.length} statements, on ` +
      `${OUR_SESSIONS} sessions with PgBouncer, which has ${SERVER_SESSIONS} with the server; ` +
      `${short(perSecond)} calls a second. Every answer is compared with its caller's rows.`,
    judged.text(),
    `Answers of each statement: \`${kinds.join(" ")}\``,
  ].join("\n\n");
}
