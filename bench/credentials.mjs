// What it costs to know a caller, and whether logins hurt others; bench/README.md says how to read it.
import fs from "node:fs";
import path from "node:path";
import { wrk } from "./lib/load.mjs";
import { machine, table, today } from "./lib/machine.mjs";
import { rpc } from "./lib/mcp.mjs";
import { median, short, whole } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { cpuMicros, program } from "./lib/processes.mjs";
import { Drawbridge } from "./lib/servers.mjs";
import { bench, checkout, output } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";

const LOGINS_AT_ONCE = 4;
const OTHERS_AT_ONCE = 4;
const HIT_AIM_NANOS = 5_000;

const options = numbers({ seconds: 8, warmup: 20, rounds: 3, "port-offset": 10_000 });
fs.mkdirSync(path.join(bench, "target"), { recursive: true });
const suite = new Suite(checkout, path.join(bench, "target/home"), options["port-offset"]);
let stopping;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => stop().finally(() => process.exit(130)));
}
try {
  await main();
} catch (failure) {
  if (!stopping) console.error(`bench: ${failure.message}`);
  process.exitCode = 1;
} finally {
  await stop();
  if (!process.exitCode) suite.removeHome();
}

async function main() {
  suite.removeHome();
  const origin = machine(checkout);
  await suite.up();
  const others = await requests();
  for (const other of others) await other.measure(options.warmup);
  const cells = [];
  for (let round = 1; round <= options.rounds; round++) {
    for (const other of others) {
      cells.push({ round, what: other.name, logins: 0, ...(await other.measure(options.seconds)) });
      cells.push({ round, what: other.name, ...(await withLogins(other)) });
      console.error(`round ${round}: ${other.name}`);
    }
  }
  const alone = await withLogins({ measure: pauseSeconds });
  publish(origin, exchangeCost(), alone, cells);
}

/** What people and agents do while others sign in. */
async function requests() {
  const drawbridge = new Drawbridge(suite);
  await drawbridge.endpoint.open();
  const message = rpc("tools/call", { name: "list_connections", arguments: {} });
  const call = drawbridge.endpoint.text(message);
  const me = `Authorization: Bearer ${suite.caller("head-office").token}\n\n`;
  return [
    {
      name: "gateway: list_connections",
      measure: (seconds) => wrk(drawbridge.endpoint.url, call, OTHERS_AT_ONCE, seconds),
    },
    {
      name: "auth-service: jwks",
      measure: (seconds) =>
        wrk(`${authUrl()}/api/v1/auth/jwks`, me, OTHERS_AT_ONCE, seconds, "GET"),
    },
  ];
}

async function withLogins(other) {
  let going = true;
  let logins = 0;
  const { username, password } = suite.caller("store-manager");
  const loops = Array.from({ length: LOGINS_AT_ONCE }, async () => {
    while (going) {
      const answer = await fetch(`${authUrl()}/api/v1/auth/login`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ username, password }),
      });
      if (answer.status !== 200) throw new Error(`login: ${answer.status} ${await answer.text()}`);
      await answer.json();
      logins++;
    }
  });
  const before = cpuMicros(suite.authPid);
  const began = performance.now();
  const cell = await other.measure(options.seconds);
  going = false;
  await Promise.all(loops);
  const seconds = (performance.now() - began) / 1000;
  const cpuMillis = (cpuMicros(suite.authPid) - before) / 1000 / logins;
  return { ...cell, logins: logins / seconds, cpuMillis };
}

async function pauseSeconds(seconds) {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return {};
}

function exchangeCost() {
  const libraries = path.join(checkout, "auth-service/target/quarkus-app/lib/main/*");
  const classes = path.join(bench, "target/classes");
  const source = path.join(bench, "java/dev/drawbridge/identity/ExchangeCost.java");
  const jdk = (name) => path.join(path.dirname(program(suite.authPid)), name);
  output(jdk("javac"), ["-proc:none", "-nowarn", "-d", classes, "-cp", libraries, source]);
  const { token } = suite.caller("head-office");
  const main = ["dev.drawbridge.identity.ExchangeCost", authUrl(), token];
  const printed = output(jdk("java"), ["-cp", `${classes}:${libraries}`, ...main]);
  return JSON.parse(printed.split("\n").findLast((line) => line.startsWith("{")));
}

function publish(origin, cost, alone, cells) {
  const names = [...new Set(cells.map((it) => it.what))];
  const of = (what, busy, key) =>
    median(cells.filter((it) => it.what === what && it.logins > 0 === busy).map((it) => it[key]));
  const rows = names.map((what) => [
    what,
    whole(of(what, false, "perSecond")),
    whole(of(what, true, "perSecond")),
    short(of(what, false, "p50")),
    short(of(what, true, "p50")),
    short(of(what, false, "p99")),
    short(of(what, true, "p99")),
    short(of(what, true, "logins")),
  ]);
  const head = ["medians", "req/s quiet", "with logins", "p50 ms quiet", "with logins"];
  head.push("p99 ms quiet", "with logins", "logins/s");
  const judged = cost.hitNanos <= HIT_AIM_NANOS ? "met" : "not met";
  const text = [
    "# What a credential costs",
    `\`bench/credentials.sh ${process.argv.slice(2).join(" ")}`.trim() + "`",
    table(["", "of this run"], origin),
    "## To know who is behind a token, in the gateway's own code",
    table(
      ["", "measured", "wanted"],
      [
        ["remembered", `${cost.hitNanos} ns`, `≤ 5 µs: ${judged}`],
        ["asked at auth-service, p50", `${cost.missMicrosP50} µs`, ""],
        ["asked at auth-service, p99", `${cost.missMicrosP99} µs`, ""],
      ],
    ),
    "## Logins",
    `One bcrypt hash of cost 12 takes ${cost.bcryptMillis} ms on one core. ${LOGINS_AT_ONCE} ` +
      `people who sign in again and again, and nobody else: ${short(alone.logins)} logins/s, ` +
      `${short(alone.cpuMillis)} ms of CPU of auth-service each.`,
    `${OTHERS_AT_ONCE} others at the same time, in turn without and with those logins:`,
    table(head, rows),
  ].join("\n\n");
  const file = path.join(bench, "results", `${today()}-credentials.md`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${text}\n`);
  console.log(text);
}

function authUrl() {
  return suite.services["auth-service"].url;
}

function stop() {
  stopping ??= suite.down().catch(() => {});
  return stopping;
}
