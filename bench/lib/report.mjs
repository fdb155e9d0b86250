import { table } from "./machine.mjs";
import { median, short, whole } from "./numbers.mjs";
import { AIMS, CONCURRENCIES, HUNDRED_ROWS, SCOPED_ROWS, SELECT_ONE } from "./workloads.mjs";

const MEASURES = [
  ["requests/s", "perSecond", whole],
  ["p50 ms", "p50", short],
  ["p99 ms", "p99", short],
  ["server CPU µs", "serverMicros", short],
  ["auth-service CPU µs", "authMicros", short],
  ["PostgreSQL CPU µs", "postgresMicros", short],
  ["of it not for the agent", "besidesMicros", short],
  ["RSS MB", "rss", whole],
  ["PSS MB", "pss", whole],
];

/** The whole result as Markdown; every number in it is computed here from the cells. */
export function report({ command, origin, options, warming, measured }) {
  const results = new Results(measured);
  const aims = judged(results);
  const wrong = measured.filter((cell) => cell.problems.length > 0);
  return [
    "# query_database against MCP Toolbox and pgbench",
    `\`${command}\`: ${options.rounds} ${options.rounds > 1 ? "rounds" : "round"} of ` +
      `${options.seconds} s a cell. ` +
      `${aims.filter((it) => it.met).length} of ${aims.length} aims are met. ` +
      correctness(measured, wrong),
    table(["", "of this run"], origin),
    "## Aims\n\nRatios of medians; in brackets the lowest and the highest ratio of one round.",
    table(
      ["aim", "wanted", "measured", "rounds", ""],
      aims.map((it) => [it.name, it.wanted, it.measured, it.range, it.met ? "met" : "not met"]),
    ),
    ...[SELECT_ONE, HUNDRED_ROWS, SCOPED_ROWS].map((workload) => medians(results, workload)),
    toolsList(results),
    "## Bytes of one answer's body",
    table(["", "Drawbridge", "Toolbox"], bytes(results)),
    warmUp(options, warming),
    "## Every round\n\n`others` is CPU of the machine that went to processes which are not part " +
      "of the cell, in cores: a round with much of it is worth less.",
    raw(measured),
  ].join("\n\n") + "\n";
}

class Results {
  constructor(cells) {
    this.cells = cells;
  }

  of(workload, concurrency, who) {
    return this.cells.filter(
      (it) => it.workload === workload && it.concurrency === concurrency && it.who === who,
    );
  }

  median(workload, concurrency, who, measure) {
    return median(this.of(workload, concurrency, who).map((it) => it[measure]));
  }

  /** Of two servers in one place: of their medians, and the extremes of single rounds. */
  ratio(workload, concurrency, measure, who, base) {
    const [ours, theirs] = [who, base].map((it) => this.of(workload, concurrency, it));
    const single = ours.map((cell, i) => cell[measure] / theirs[i][measure]);
    return {
      value:
        this.median(workload, concurrency, who, measure) /
        this.median(workload, concurrency, base, measure),
      lowest: Math.min(...single),
      highest: Math.max(...single),
    };
  }
}

function judged(results) {
  const aims = [];
  const compare = (what, workload, concurrency, measure, base, bound, atLeast) => {
    const ratio = results.ratio(workload.name, concurrency, measure, "Drawbridge", base);
    aims.push({
      name: `${what} of ${base}, ${workload.name}, ${concurrency} at once`,
      wanted: `${atLeast ? "≥" : "≤"} ${bound} ×`,
      measured: `${ratio.value.toFixed(2)} ×`,
      range: `(${ratio.lowest.toFixed(2)} – ${ratio.highest.toFixed(2)})`,
      met: atLeast ? ratio.value >= bound : ratio.value <= bound,
    });
  };
  for (const workload of [SELECT_ONE, HUNDRED_ROWS]) {
    for (const callers of [16, 64]) {
      const rate = AIMS.rateAgainstToolbox[workload.key];
      compare("requests/s", workload, callers, "perSecond", "Toolbox", rate, true);
      const cpu = AIMS.cpuAgainstToolbox[workload.key];
      compare("server CPU", workload, callers, "serverMicros", "Toolbox", cpu, false);
    }
  }
  for (const workload of [SELECT_ONE, HUNDRED_ROWS]) {
    const rate = AIMS.rateAgainstGuarded;
    compare("requests/s", workload, 16, "perSecond", "pgbench guarded", rate, true);
  }
  const size = results.median(HUNDRED_ROWS.name, 16, "Drawbridge", "bodyBytes");
  aims.push({
    name: "bytes of the answer, 100 rows, both forms",
    wanted: `≤ ${whole(AIMS.hundredRowsBytes)}`,
    measured: whole(size),
    range: "",
    met: size <= AIMS.hundredRowsBytes,
  });
  return aims;
}

function medians(results, { name, sql }) {
  const rows = CONCURRENCIES.flatMap((concurrency) =>
    ["Drawbridge", "Toolbox", "pgbench guarded", "pgbench bare"]
      .filter((who) => results.of(name, concurrency, who).length > 0)
      .map((who) => [
        `${concurrency} × ${who}`,
        ...MEASURES.map(([, key, text]) => text(results.median(name, concurrency, who, key))),
      ]),
  );
  const head = ["at once", ...MEASURES.map(([title]) => title)];
  return `## ${name}: medians\n\n\`${sql}\`\n\n${table(head, rows)}\n\n${ratios(results, name)}`;
}

function ratios(results, name) {
  const bases = ["Toolbox", "pgbench guarded", "pgbench bare"].filter(
    (base) => results.of(name, 16, base).length > 0,
  );
  const rows = bases.map((base) => [
    `requests/s of ${base}`,
    ...CONCURRENCIES.map((concurrency) => {
      const ratio = results.ratio(name, concurrency, "perSecond", "Drawbridge", base);
      return `${ratio.value.toFixed(2)} × (${ratio.lowest.toFixed(2)} – ${ratio.highest.toFixed(2)})`;
    }),
  ]);
  return table(["Drawbridge against", ...CONCURRENCIES.map((it) => `${it} at once`)], rows);
}

function toolsList(results) {
  const rows = ["Drawbridge", "Toolbox"].map((who) => {
    const of = (measure) => results.median("tools/list", 16, who, measure);
    const numbers = [whole(of("perSecond")), short(of("p50")), short(of("p99"))];
    return [who, whole(of("bodyBytes")), ...numbers, short(of("serverMicros"))];
  });
  const head = ["", "bytes", "requests/s", "p50 ms", "p99 ms", "server CPU µs"];
  return `## tools/list, 16 at once: medians\n\nToolbox lists its two.\n\n${table(head, rows)}`;
}

function warmUp({ warmup }, warming) {
  const slice = `${Math.ceil(warmup / 2)} s`;
  const rows = warming.map(({ workload, who, micros }) => [
    `${workload} × ${who}`,
    micros.map(short).join(" → "),
  ]);
  const head = ["16 at once", `server CPU µs a request in each ${slice}`];
  return `## Warm-up\n\n${table(head, rows)}`;
}

function bytes(results) {
  return [SELECT_ONE, HUNDRED_ROWS, SCOPED_ROWS].map(({ name }) => [
    name,
    ...["Drawbridge", "Toolbox"].map((who) =>
      results.of(name, 16, who).length ? whole(results.median(name, 16, who, "bodyBytes")) : "–",
    ),
  ]);
}

function correctness(measured, wrong) {
  if (wrong.length > 0) {
    const list = wrong.map((it) => `${place(it)}: ${it.problems.join(", ")}`);
    return `**${wrong.length} of ${measured.length} cells are wrong**: ${list.join("; ")}.`;
  }
  const sum = (cells) => whole(cells.reduce((total, it) => total + it.requests, 0));
  const byServers = measured.filter((it) => it.bodyBytes);
  const byPgbench = measured.filter((it) => !it.bodyBytes);
  return (
    `${sum(byServers)} requests to the two servers: right before and after each cell, no error ` +
    "status, none lost, as many bytes as right answers have. " +
    `${sum(byPgbench)} transactions of pgbench, none failed.`
  );
}

function raw(measured) {
  const head = ["round", ...MEASURES.map(([title]) => title), "requests", "others", "wrong"];
  const rows = measured.map((cell) => [
    `${cell.round}: ${place(cell)}`,
    ...MEASURES.map(([, key, text]) => text(cell[key])),
    whole(cell.requests),
    cell.othersCores.toFixed(2),
    cell.problems.length > 0 ? cell.problems.join(", ") : "0",
  ]);
  return table(head, rows);
}

const place = ({ workload, concurrency, who }) => `${workload}, ${concurrency} × ${who}`;
