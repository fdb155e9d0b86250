// Measures query_database against MCP Toolbox and pgbench; bench/README.md says how to read it.
import { Cells } from "./lib/cells.mjs";
import { jdk, machine, postgresVersion, versionOf } from "./lib/machine.mjs";
import { rpc } from "./lib/mcp.mjs";
import { whole } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { report } from "./lib/report.mjs";
import { Drawbridge, Toolbox } from "./lib/servers.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { checkout } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";
import { CONCURRENCIES, HUNDRED_ROWS, SCOPED_ROWS, SELECT_ONE } from "./lib/workloads.mjs";

const QUICK = { seconds: 2, warmup: 3, rounds: 1 };
const TOOLBOX_PORT = 5000;
const LIST_SECONDS = 5;
const MOST_WARMING_HALVES = 10;

const given = numbers(
  { seconds: 15, warmup: 12, rounds: 3, "port-offset": 10_000 },
  { quick: { type: "boolean", default: false } },
);
const options = given.quick ? { ...given, ...QUICK } : given;
const suite = Suite.here(options["port-offset"]);
let toolbox;

await session(main, async () => {
  toolbox?.stop();
  await suite.end();
});

async function main() {
  await suite.empty();
  const origin = machine(checkout);
  await suite.up();
  toolbox = new Toolbox(suite.demo.dsn, TOOLBOX_PORT + options["port-offset"]);
  await toolbox.start();
  const drawbridge = new Drawbridge(suite);
  const cells = new Cells(suite);
  const warming = await warmUp(cells, drawbridge);
  const measured = [];
  for (let round = 1; round <= options.rounds; round++) {
    const servers = round % 2 ? [drawbridge, toolbox] : [toolbox, drawbridge];
    await measure(cells, servers, (cell) => {
      measured.push({ round, ...cell });
      say(`round ${round} of ${options.rounds}`, cell);
    });
  }
  origin.push(...versions(drawbridge));
  const given = command("./drawbridge bench");
  const text = report({ command: given, origin, options, warming, measured });
  // A quick run shows that the harness works; its numbers are not worth keeping.
  publish("query-database", text, options.quick ? "target" : "results");
  if (measured.some((cell) => cell.problems.length > 0)) process.exitCode = 1;
}

/** A and B in turn, every other time B first, so that a neighbour's noise meets both. */
async function measure(cells, servers, done) {
  const { seconds } = options;
  const drawbridge = servers.find((it) => it !== toolbox);
  for (const workload of [SELECT_ONE, HUNDRED_ROWS, SCOPED_ROWS]) {
    for (const concurrency of CONCURRENCIES) {
      const place = { workload: workload.name, concurrency };
      const asked = workload === SCOPED_ROWS ? [drawbridge] : servers;
      for (const server of asked) {
        const cell = await cells.calls(server, workload, concurrency, seconds);
        done({ ...place, who: server.name, ...cell });
      }
      for (const script of workload === SCOPED_ROWS ? ["guarded"] : ["guarded", "bare"]) {
        const who = script === "bare" ? {} : headOffice(drawbridge);
        const file = `${script}.sql`;
        const cell = await cells.limit(file, workload, who, concurrency, seconds);
        done({ ...place, who: `pgbench ${script}`, ...cell });
      }
    }
  }
  const message = rpc("tools/list", {});
  for (const server of servers) {
    const cell = await cells.requests(server, message, 16, Math.min(seconds, LIST_SECONDS));
    done({ workload: "tools/list", concurrency: 16, who: server.name, ...cell });
  }
}

async function warmUp(cells, drawbridge) {
  const warming = [];
  for (const workload of [SELECT_ONE, HUNDRED_ROWS, SCOPED_ROWS]) {
    for (const server of workload === SCOPED_ROWS ? [drawbridge] : [drawbridge, toolbox]) {
      const micros = await untilWarm(cells, server, workload);
      warming.push({ workload: workload.name, who: server.name, micros });
    }
  }
  return warming;
}

/** Two halves at least, and on until a half needs hardly less CPU a request than the one before. */
async function untilWarm(cells, server, workload) {
  const seconds = Math.ceil(options.warmup / 2);
  const most = options.quick ? 2 : MOST_WARMING_HALVES;
  const micros = [];
  while (micros.length < 2 || (isFalling(micros) && micros.length < most)) {
    const cell = await cells.calls(server, workload, 16, seconds);
    micros.push(cell.serverMicros);
    say("warm-up", { workload: workload.name, concurrency: 16, who: server.name, ...cell });
  }
  return micros;
}

function isFalling(micros) {
  return micros.at(-1) < 0.95 * micros.at(-2);
}

/** As long as what the gateway sets. */
function headOffice({ connection }) {
  const claims = {
    sub: connection,
    role: "authenticated",
    username: "head-office",
    tenant: "default",
    groups: ["retail-head-office"],
    app_metadata: { retail_role: "head_office" },
  };
  const nothing = "-";
  return { claims: JSON.stringify(claims), caller: connection, role: "head_office", nothing };
}

function versions(drawbridge) {
  return [
    ["PostgreSQL", `${postgresVersion(suite.demo.dsn)}, the suite's own`],
    ["JVM of the gateway", jdk(drawbridge.pid)],
    ["MCP Toolbox", `${Toolbox.version()}, 16 sessions`],
    ["pgbench", versionOf("pgbench")],
    ["wrk", versionOf("wrk")],
    ["Node.js", process.versions.node],
  ];
}

function say(stage, { workload, concurrency, who, perSecond, problems }) {
  const wrong = problems.length > 0 ? ` WRONG: ${problems.join(", ")}` : "";
  console.error(`${stage}: ${workload}, ${concurrency}, ${who}: ${whole(perSecond)}/s${wrong}`);
}
