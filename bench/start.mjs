// Times ./drawbridge up until an agent's first answer; bench/README.md says how to read it.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { jdk, machine, table } from "./lib/machine.mjs";
import { median } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { memory } from "./lib/processes.mjs";
import { Drawbridge } from "./lib/servers.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { checkout, output } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";
import { SELECT_ONE, START_AIMS } from "./lib/workloads.mjs";

const options = numbers(
  { rounds: 5, "port-offset": 10_000 },
  { "no-cold": { type: "boolean", default: false } },
);
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "drawbridge-start-"));
fs.chmodSync(temporary, 0o711); // PostgreSQL runs as another user when this is root
const maven = path.join(temporary, "maven");
let suite;

await session(main, async () => {
  await suite?.down();
  fs.rmSync(temporary, { recursive: true, force: true });
});

async function main() {
  const folder = options["no-cold"] ? checkout : clone();
  const origin = machine(folder);
  suite = new Suite(folder, path.join(temporary, "home"), options["port-offset"]);
  const first = await firstAnswer(options["no-cold"] ? {} : emptyMaven());
  if (!options["no-cold"]) origin.push(["Maven downloaded", `${megabytes(maven)} MB`]);
  await suite.down();
  const warm = [];
  for (let round = 1; round <= options.rounds; round++) {
    warm.push(await firstAnswer());
    if (round === options.rounds) origin.push(["JVM", jdk(suite.gatewayPid)]);
    await suite.down();
  }
  publish("start", report(origin, first, warm));
}

/** One start, and what it took from the command's first instruction to the right answer. */
async function firstAnswer(environment = {}) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  let progress = "";
  await suite.start({
    env: { ...process.env, ...environment },
    errors: "pipe",
    onError: (text) => {
      progress += text;
      process.stderr.write(text);
    },
  });
  const up = seconds();
  const drawbridge = new Drawbridge(suite);
  await drawbridge.endpoint.open();
  const rows = drawbridge.rows(await drawbridge.endpoint.post(drawbridge.call(SELECT_ONE)));
  const answered = seconds();
  await drawbridge.endpoint.close();
  if (String(rows) !== "1") throw new Error(`SELECT 1 is answered with ${JSON.stringify(rows)}`);
  const resident = [suite.gatewayPid, suite.authPid].map((pid) => Math.round(memory(pid).rss));
  console.error(`first answer after ${answered.toFixed(1)} s`);
  return { up, answered, resident, progress };
}

/** Only what is committed, and nothing that was built. */
function clone() {
  const folder = path.join(temporary, "drawbridge");
  output("git", ["clone", "--quiet", checkout, folder]);
  return folder;
}

/** Maven itself comes anew too. */
function emptyMaven() {
  return { MAVEN_USER_HOME: maven, MAVEN_ARGS: `-Dmaven.repo.local=${maven}/repository` };
}

function megabytes(folder) {
  return output("du", ["-sm", folder]).split("\t")[0];
}

function report(origin, first, warm) {
  const name = options["no-cold"] ? "first, on this build" : "first, in a fresh clone";
  const row = (title, start) => [
    title,
    start.up.toFixed(1),
    start.answered.toFixed(1),
    ...start.resident,
  ];
  const usual = median(warm.map((it) => it.answered));
  const aims = [judge("warm, median", usual, START_AIMS.warm)];
  if (!options["no-cold"]) aims.unshift(judge(name, first.answered, START_AIMS.cold));
  return [
    "# From ./drawbridge up to the first answer",
    `\`${command("bench/start.sh")}` +
      "`: from the command to the right answer of `query_database` through MCP" +
      (options["no-cold"] ? "." : "; the clone has an empty Maven repository and no Maven."),
    table(["", "of this run"], origin),
    table(["start", "wanted s", "measured s", ""], aims),
    "## Every start",
    table(
      ["start", "up returned s", "first answer s", "gateway RSS MB", "auth-service RSS MB"],
      [row(name, first), ...warm.map((start, i) => row(`warm ${i + 1}`, start))],
    ),
    `What \`up\` said of the first start and of the last:\n\n\`\`\`text\n${first.progress}\n` +
      `${warm.at(-1).progress}\`\`\`\n`,
  ].join("\n\n");
}

function judge(name, seconds, most) {
  return [name, `≤ ${most}`, seconds.toFixed(1), seconds <= most ? "met" : "not met"];
}
