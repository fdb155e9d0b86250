// What it costs to know a caller, and whether logins hurt others; see bench/README.md.
import { spawn } from "node:child_process";
import path from "node:path";
import { atRate, once } from "./lib/load.mjs";
import { machine, table } from "./lib/machine.mjs";
import { median, short } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { cpuMicros, program } from "./lib/processes.mjs";
import { Drawbridge } from "./lib/servers.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { bench, checkout, output, pause } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";
import { SELECT_ONE } from "./lib/workloads.mjs";

const LOGINS_AT_ONCE = 4;
const OTHERS_PER_SECOND = 100;
const HIT_AIM_NANOS = 5_000;
const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

const options = numbers({ seconds: 10, warmup: 20, rounds: 3, "port-offset": 10_000 });
const suite = Suite.here(options["port-offset"]);

await session(main, () => suite.end());

async function main() {
  await suite.empty();
  const origin = machine(checkout);
  await suite.up();
  const cost = exchangeCost();
  const others = await requests();
  for (const other of others) await atRate(other, OTHERS_PER_SECOND, options.warmup);
  const cells = [];
  for (let round = 1; round <= options.rounds; round++) {
    for (const other of others) {
      const load = () => atRate(other, OTHERS_PER_SECOND, options.seconds);
      cells.push({ what: other.name, logins: 0, ...(await load()) });
      cells.push({ what: other.name, ...(await withLogins(load)) });
      console.error(`round ${round}: ${other.name}`);
    }
  }
  const alone = await withLogins(() => pause(options.seconds * 1000));
  publish("credentials", report(origin, cost, alone, cells));
}

/** What people and agents do while others sign in; each with the length of its right answer. */
async function requests() {
  const drawbridge = new Drawbridge(suite);
  await drawbridge.endpoint.open();
  const { token } = suite.caller("head-office");
  const exchange = new URLSearchParams({
    grant_type: TOKEN_EXCHANGE,
    subject_token: token,
    subject_token_type: ACCESS_TOKEN,
  });
  const others = [
    {
      name: "mcp-gateway: query_database, SELECT 1",
      url: drawbridge.endpoint.url,
      request: drawbridge.endpoint.text(drawbridge.call(SELECT_ONE)),
    },
    {
      name: "auth-service: who am I",
      url: `${authUrl()}/api/v1/auth/me`,
      request: `Authorization: Bearer ${token}\n\n`,
      method: "GET",
    },
    {
      name: "auth-service: exchange of a token",
      url: `${authUrl()}/api/v1/auth/exchange`,
      request: `Content-Type: application/x-www-form-urlencoded\n\n${exchange}`,
    },
  ];
  for (const other of others) {
    other.bytes = (await once(other.url, other.request, other.method)).length;
  }
  return others;
}

/** In a process of their own, so that they do not keep this one from its clock. */
async function withLogins(load) {
  const { username, password } = suite.caller("store-manager");
  const env = { ...process.env, LOGIN: JSON.stringify({ username, password }) };
  const script = path.join(bench, "load/logins.mjs");
  const url = `${authUrl()}/api/v1/auth/login`;
  const stdio = ["pipe", "pipe", "inherit"];
  const child = spawn(process.execPath, [script, url, LOGINS_AT_ONCE], { env, stdio });
  const printed = child.stdout.setEncoding("utf8").toArray();
  const before = cpuMicros(suite.authPid);
  const began = performance.now();
  const cell = await load().finally(() => child.stdin.end());
  const logins = Number((await printed).join(""));
  if (!logins) throw new Error("nobody could log in");
  const seconds = (performance.now() - began) / 1000;
  const cpuMillis = (cpuMicros(suite.authPid) - before) / 1000 / logins;
  return { ...cell, logins: logins / seconds, cpuMillis };
}

function exchangeCost() {
  const app = path.join(checkout, "auth-service/target/quarkus-app/lib");
  const libraries = `${app}/main/*:${app}/boot/*`;
  const classes = path.join(bench, "target/classes");
  const source = path.join(bench, "java/dev/drawbridge/identity/ExchangeCost.java");
  const jdk = (name) => path.join(path.dirname(program(suite.authPid)), name);
  output(jdk("javac"), ["-proc:none", "-nowarn", "-d", classes, "-cp", libraries, source]);
  const { token } = suite.caller("head-office");
  const env = { ...process.env, DRAWBRIDGE_TOKEN: token }; // Arguments can be seen by anybody.
  const main = ["dev.drawbridge.identity.ExchangeCost", authUrl()];
  const printed = output(jdk("java"), ["-cp", `${classes}:${libraries}`, ...main], { env });
  return JSON.parse(printed.split("\n").findLast((line) => line.startsWith("{")));
}

function report(origin, cost, alone, cells) {
  const names = [...new Set(cells.map((it) => it.what))];
  const of = (what, busy, key) => {
    const those = cells.filter((it) => it.what === what && it.logins > 0 === busy);
    return short(median(those.map((it) => it[key])));
  };
  const rows = names.map((what) => [
    what,
    ...["p50", "p99", "own"].flatMap((key) => [of(what, false, key), of(what, true, key)]),
    of(what, true, "logins"),
  ]);
  const quietThenBusy = ["p50", "p99", "own delay"].flatMap((it) => [`${it} ms`, "with logins"]);
  const judged = cost.hitNanos <= HIT_AIM_NANOS ? "met" : "not met";
  return [
    "# What a credential costs",
    `\`${command("bench/credentials.sh")}\``,
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
    `${OTHERS_PER_SECOND} requests a second of others, in turn without and with those logins; ` +
      "*own delay* is the 99th percentile of how late the load generator itself woke up:",
    table(["medians", ...quietThenBusy, "logins/s"], rows),
  ].join("\n\n");
}

function authUrl() {
  return suite.services["auth-service"].url;
}
