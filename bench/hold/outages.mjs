// What callers see of a database, a pooler or a network that fails; bench/README.md says how to read it.
import { Conditions } from "../lib/conditions.mjs";
import { ownRows } from "../lib/crowd.mjs";
import { Lag } from "../lib/lag.mjs";
import { table } from "../lib/machine.mjs";
import { short, whole } from "../lib/numbers.mjs";
import { Outage } from "../lib/outage.mjs";
import { Pooler } from "../lib/pooler.mjs";
import { Proxy } from "../lib/proxy.mjs";
import { CLASSES, options, Scenario } from "../lib/scenario.mjs";
import { command, publish, session } from "../lib/session.mjs";
import { pause } from "../lib/shell.mjs";
import { Target } from "../lib/target.mjs";

const BUDGET = 16;
const PER_SECOND = 100;

/** A breaker is open when callers are told at once, and closed when nobody is told any more. */
const OPEN_MILLIS = 1_000;
const CLOSED_MILLIS = 5_000;

const { quick, "port-offset": portOffset } = options();
const CALM = quick ? 2 : 5;
const CUT = quick ? 6 : 20;
const LAGGED = quick ? 15 : 20;
const scenario = new Scenario(portOffset);

await session(main, () => scenario.end());

async function main() {
  await scenario.start();
  const { suite, target } = scenario;
  Lag.prepare(target);
  const replica = await target.replica(suite);
  scenario.onEnd(() => replica.end());
  const pooler = await new Pooler(target, "transaction", BUDGET).create();
  scenario.onEnd(() => pooler.end());
  const proxy = await Proxy.before(target.port, suite);
  scenario.onEnd(() => proxy.end());
  const way = async (name, more) => {
    const wanted = { maxConnections: BUDGET, environment: "prod", ...more };
    const id = await scenario.connect(name, wanted, target, [replica]);
    return { name, id };
  };
  const direct = await way("direct", {});
  const pooled = await way("pooled", { port: pooler.port, mode: "transaction" });
  const proxied = await way("proxied", { port: proxy.port });
  const endpoints = [{ host: "127.0.0.1", port: replica.port, mode: "direct", role: "replica" }];
  const replicated = await way("replicated", { endpoints });
  const wanted = { accounts: 40, tokens: 40, classes: Object.keys(CLASSES) };
  const callers = await scenario.identities("*", wanted);
  const outages = [
    new Outage("database killed, started 3 s later", direct, {
      fail: () => target.kill(),
      seconds: 3,
      mend: () => target.start(),
    }),
    new Outage("pooler killed, started at once", pooled, {
      fail: () => pooler.stop(),
      seconds: 0,
      mend: () => pooler.start(),
    }),
    new Outage(`network silent for ${CUT} s`, proxied, {
      fail: () => proxy.turn("hold"),
      seconds: CUT,
      mend: () => proxy.turn("pass"),
    }),
    new Outage("network resets for 5 s", proxied, {
      fail: () => proxy.turn("reset"),
      seconds: 5,
      mend: () => proxy.turn("pass"),
    }),
  ];
  for (const outage of outages) {
    const crowd = scenario.crowd(outage.connection.id);
    await crowd.run({ callers, sql: ownRows(), atOnce: 8, calls: 200 });
    const load = { callers, sql: ownRows(), atOnce: 2_000, perSecond: PER_SECOND };
    await outage.run(crowd, load, { before: CALM, after: CLOSED_MILLIS / 1_000 + CALM });
    console.error(`${outage.name}: ${JSON.stringify(outage.answers.kinds())}`);
    await pause(1_000);
    outage.left = target.busy(outage.connection.name);
    outage.open = Number(target.sql(Target.sessions(outage.connection.name)));
  }
  const lag = new Lag("replicated", target, replica);
  const load = { callers, atOnce: 2_000, perSecond: PER_SECOND };
  const course = { before: CALM, seconds: LAGGED, after: CLOSED_MILLIS / 1_000 + CALM };
  await lag.run(scenario.crowd(replicated.id), load, course);
  const judged = judge(outages);
  lag.judge(judged);
  publish("outages", report(outages, lag, judged), quick ? "target" : "results");
  if (!judged.met) process.exitCode = 1;
}

function judge(outages) {
  const conditions = new Conditions();
  for (const outage of outages) {
    const { name, answers } = outage;
    conditions.atMost(`${name}: unexpected answers`, 0, outage.unexpected.length);
    conditions.atMost(`${name}: rows of others`, 0, answers.foreign);
    conditions.atMost(`${name}: callers are told at once after`, OPEN_MILLIS, outage.opened(), " ms");
    conditions.atMost(`${name}: all are served after`, CLOSED_MILLIS, outage.closed(), " ms");
    conditions.atMost(`${name}: sessions left busy`, 0, outage.left);
    conditions.atMost(`${name}: sessions`, BUDGET, outage.open);
  }
  return conditions;
}

function report(outages, lag, judged) {
  const rows = outages.map((outage) => [
    outage.name,
    whole(outage.answers.all.length),
    whole(outage.answers.where((it) => it.kind === "rows").length),
    short(outage.longest()),
    `\`${JSON.stringify(outage.failures())}\``,
  ]);
  return [
    "# When a database is not there",
    `\`${command("bench/hold.sh outages")}\``,
    table(["", "of this run"], scenario.origin),
    `${PER_SECOND} calls a second by 40 callers, whether or not earlier ones are answered, on ` +
      `${BUDGET} sessions. *Told at once*: from the failure until the last call that waited longer ` +
      "than 250 ms for its error was made. *All are served*: from when the server answers again " +
      "until the last error.",
    judged.text(),
    table(["outage", "calls", "rows", "longest wait ms", "errors"], rows),
    lag.text(),
  ].join("\n\n");
}
