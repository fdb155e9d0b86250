// Compares this checkout with another one of the same program; bench/README.md says how to read it.
import path from "node:path";
import { Api } from "./lib/api.mjs";
import { Cells } from "./lib/cells.mjs";
import { jdk, machine, table } from "./lib/machine.mjs";
import { median, short, whole } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { Drawbridge } from "./lib/servers.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { bench, checkout, output } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";
import { HUNDRED_ROWS, SELECT_ONE } from "./lib/workloads.mjs";

const CONCURRENCIES = [1, 16, 64];
const HEAD = ["what, callers", "this /s", "other /s", "ratio", "rounds", "this CPU", "other CPU", "ratio"];

const options = numbers(
  { seconds: 5, warmup: 12, rounds: 5, sessions: 16, "port-offset": 10_000 },
  { other: { type: "string" } },
);
if (!options.other) {
  console.error("bench: --other <folder> names the checkout to compare with.");
  process.exit(2);
}
const other = path.resolve(options.other);
const suites = [
  Suite.here(options["port-offset"]),
  new Suite(other, path.join(bench, "target/other-home"), options["port-offset"] + 100),
];

await session(main, async () => {
  for (const suite of suites) await suite.end();
});

async function main() {
  for (const suite of suites) await suite.empty();
  const origin = machine(checkout);
  origin.push(["Compared with", output("git", ["-C", other, "rev-parse", "--short=12", "HEAD"])]);
  const builds = [];
  for (const suite of suites) {
    await suite.up();
    await allow(suite, options.sessions);
    builds.push({ server: new Drawbridge(suite), cells: new Cells(suite) });
  }
  for (const workload of [SELECT_ONE, HUNDRED_ROWS]) {
    for (const { server, cells } of builds) await cells.calls(server, workload, 16, options.warmup);
    for (const { server, cells } of builds) await cells.calls(server, workload, 64, options.warmup);
  }
  const measured = [];
  for (let round = 1; round <= options.rounds; round++) {
    for (const workload of [SELECT_ONE, HUNDRED_ROWS]) {
      for (const concurrency of CONCURRENCIES) {
        const what = `${workload.name}, ${concurrency}`;
        for (const build of round % 2 ? [0, 1] : [1, 0]) {
          const { server, cells } = builds[build];
          const cell = await cells.calls(server, workload, concurrency, options.seconds);
          console.error(`round ${round}: ${what}, ${build ? "other" : "this"}: ${whole(cell.perSecond)}/s`);
          measured.push({ round, what, build, ...cell });
        }
      }
    }
  }
  origin.push(["JVM of the gateway", jdk(builds[0].server.pid)]);
  publish("builds", report(origin, measured));
  if (measured.some((cell) => cell.problems.length > 0)) process.exitCode = 1;
}

/** As many sessions for the agent as a pool had that was for everybody; builds that have such a pool refuse to be told. */
async function allow(suite, sessions) {
  const api = await new Api(suite).signIn();
  const place = `/api/v1/connections/${suite.demo.connection}`;
  const pools = { classes: { persistent: { sessions } } };
  await api.change(place, { pools }).catch(() => console.error("bench: no classes of agents there"));
}

function report(origin, measured) {
  const cells = (what, build) => measured.filter((it) => it.what === what && it.build === build);
  const of = (what, build, key) => median(cells(what, build).map((it) => it[key]));
  const rows = [...new Set(measured.map((it) => it.what))].map((what) => {
    const [here, there] = [cells(what, 0), cells(what, 1)];
    const ratios = here.map((it, round) => it.perSecond / there[round].perSecond);
    return [
      what,
      whole(of(what, 0, "perSecond")),
      whole(of(what, 1, "perSecond")),
      short(median(ratios)),
      `${short(Math.min(...ratios))} – ${short(Math.max(...ratios))}`,
      whole(of(what, 0, "serverMicros")),
      whole(of(what, 1, "serverMicros")),
      short(of(what, 0, "serverMicros") / of(what, 1, "serverMicros")),
    ];
  });
  const wrong = measured.filter((it) => it.problems.length > 0);
  return [
    "# This build beside another one",
    "",
    `\`${command("bench/builds.sh").replace(options.other, "<folder>")}\`: medians of ${options.rounds} rounds of ${options.seconds} s a cell, the builds in turn.`,
    "CPU is the gateway's own, µs a request. All requests are of one agent, as in `./drawbridge bench`; where it has sessions",
    `by its class, it has ${options.sessions}. The ratio of requests is the median of the rounds' ratios.`,
    "",
    table(["", "of this run"], origin),
    "",
    table(HEAD, rows),
    "",
    wrong.length === 0
      ? "Every answer was as long as the first, which was right."
      : `Wrong: ${wrong.map((it) => `${it.what}: ${it.problems}`).join("; ")}`,
  ].join("\n");
}
