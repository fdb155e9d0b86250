// Compares the two ways over which a gateway is spoken to; bench/README.md says how to read it.
import { Cells } from "./lib/cells.mjs";
import { jdk, machine, table } from "./lib/machine.mjs";
import { rpc } from "./lib/mcp.mjs";
import { median, short, whole } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { Drawbridge, StatelessDrawbridge } from "./lib/servers.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { checkout } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";
import { HUNDRED_ROWS, SELECT_ONE } from "./lib/workloads.mjs";

const CONCURRENCIES = [16, 64];
const HEAD = [
  "what, callers",
  "sessions /s",
  "without /s",
  "ratio",
  "sessions CPU",
  "without CPU",
  "ratio",
  "sessions bytes",
  "without bytes",
];
const LISTS = ["tools/list", "prompts/list", "resources/list"];

const options = numbers({ seconds: 4, warmup: 10, rounds: 3, "port-offset": 10_000 });
const suite = Suite.here(options["port-offset"]);

await session(main, () => suite.end());

async function main() {
  await suite.empty();
  const origin = machine(checkout);
  await suite.up();
  const eras = [new Drawbridge(suite), new StatelessDrawbridge(suite)];
  const cells = new Cells(suite);
  for (const era of eras) await cells.calls(era, SELECT_ONE, 16, options.warmup);
  for (const era of eras) await cells.calls(era, HUNDRED_ROWS, 16, options.warmup);
  for (const era of eras) await cells.requests(era, era.list("tools/list"), 16, options.warmup);
  const measured = [];
  for (let round = 1; round <= options.rounds; round++) {
    for (const era of round % 2 ? eras : eras.toReversed()) {
      for (const one of await measure(cells, era)) measured.push({ era: era.name, ...one });
    }
  }
  origin.push(["JVM of the gateway", jdk(eras[0].pid)]);
  publish("eras", report(origin, eras, measured));
  if (measured.some((cell) => cell.problems.length > 0)) process.exitCode = 1;
}

async function measure(cells, era) {
  const measured = [];
  for (const workload of [SELECT_ONE, HUNDRED_ROWS]) {
    for (const concurrency of CONCURRENCIES) {
      const cell = await cells.calls(era, workload, concurrency, options.seconds);
      measured.push({ what: `${workload.name}, ${concurrency}`, ...cell });
    }
  }
  for (const method of LISTS) {
    const cell = await cells.requests(era, era.list(method), 16, options.seconds);
    measured.push({ what: `${method}, 16`, ...cell });
  }
  return measured;
}

function report(origin, [sessions, stateless], measured) {
  const of = (era, what, key) =>
    median(measured.filter((it) => it.era === era.name && it.what === what).map((it) => it[key]));
  const rows = [...new Set(measured.map((it) => it.what))].map((what) => {
    const rate = (era) => of(era, what, "perSecond");
    const cpu = (era) => of(era, what, "serverMicros");
    return [
      what,
      whole(rate(sessions)),
      whole(rate(stateless)),
      short(rate(stateless) / rate(sessions)),
      whole(cpu(sessions)),
      whole(cpu(stateless)),
      short(cpu(stateless) / cpu(sessions)),
      whole(of(sessions, what, "bodyBytes")),
      whole(of(stateless, what, "bodyBytes")),
    ];
  });
  const wrong = measured.filter((it) => it.problems.length > 0);
  return [
    "# Both eras of MCP at one gateway",
    "",
    `\`${command("bench/eras.sh")}\`: medians of ${options.rounds} rounds of ${options.seconds} s, the eras in turn.`,
    "CPU is the gateway's own, µs a request; sessions are of 2025-11-25, without them it is 2026-07-28.",
    "",
    table(["", "of this run"], origin),
    "",
    table(HEAD, rows),
    "",
    wrong.length === 0
      ? "Every answer was as long as the first, which was right."
      : `Wrong: ${wrong.map((it) => `${it.era} ${it.what}: ${it.problems}`).join("; ")}`,
  ].join("\n");
}
