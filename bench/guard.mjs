// What the verdict of the SQL guard costs, over the statements that it must let pass.
import path from "node:path";
import { machine, table } from "./lib/machine.mjs";
import { short } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { program } from "./lib/processes.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { bench, checkout, output } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";

const KNOWN_AIM_NANOS = 10_000;
const NEW_AIM_NANOS = 3_000_000;
const CORPUS = "mcp-gateway/src/test/resources/dev/drawbridge/gateway/sqlguard/analytics";

const options = numbers({ "port-offset": 10_000 });
const suite = Suite.here(options["port-offset"]);

await session(main, () => suite.end());

async function main() {
  await suite.empty();
  const origin = machine(checkout);
  await suite.up(); // Builds what is measured, and says which JDK runs it.
  const jdk = path.dirname(program(suite.gatewayPid));
  await suite.down();
  publish("guard", report(origin, cost(jdk)));
}

function cost(jdk) {
  const app = path.join(checkout, "mcp-gateway/target/quarkus-app");
  const libraries = ["lib/main/*", "lib/boot/*", "app/*"].map((it) => path.join(app, it));
  const classes = path.join(bench, "target/classes");
  const source = path.join(bench, "java/dev/drawbridge/gateway/sqlguard/VerdictCost.java");
  const paths = libraries.join(":");
  output(path.join(jdk, "javac"), ["-proc:none", "-nowarn", "-d", classes, "-cp", paths, source]);
  const main = ["dev.drawbridge.gateway.sqlguard.VerdictCost", path.join(checkout, CORPUS)];
  const printed = output(path.join(jdk, "java"), ["-cp", `${classes}:${paths}`, ...main]);
  return JSON.parse(printed.split("\n").findLast((line) => line.startsWith("{")));
}

function report(origin, { statements, characters, knownNanos, newNanos }) {
  const judged = (nanos, aim) => (nanos <= aim ? "met" : "not met");
  return [
    "# What a verdict of the SQL guard costs",
    `\`${command("bench/guard.sh")}\``,
    table(["", "of this run"], origin),
    `${statements} statements of ${characters} characters on average, one thread, a JVM that has warmed up.`,
    table(
      ["verdict", "median µs", "p99 µs", "wanted, median"],
      [
        ["remembered", ...knownNanos.map(micros), `≤ 10 µs: ${judged(knownNanos[0], KNOWN_AIM_NANOS)}`],
        ["new", ...newNanos.map(micros), `≤ 3 ms: ${judged(newNanos[0], NEW_AIM_NANOS)}`],
      ],
    ),
  ].join("\n\n");
}

function micros(nanos) {
  return short(nanos / 1_000);
}
