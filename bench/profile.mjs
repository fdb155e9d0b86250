// Divides the gateway's CPU among what it does; bench/README.md says how to read it.
import fs from "node:fs";
import path from "node:path";
import { Cells } from "./lib/cells.mjs";
import { machine, table } from "./lib/machine.mjs";
import { short, whole } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { program } from "./lib/processes.mjs";
import { Drawbridge } from "./lib/servers.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { bench, checkout, output } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";
import { HUNDRED_ROWS, SELECT_ONE } from "./lib/workloads.mjs";

const AT_ONCE = 16;
const LIBRARY = path.join(bench, "target/profiler/linux-x64/libasyncProfiler.so");

/** A sample belongs to the innermost of its frames that one of these names; the first one wins. */
const PARTS = [
  [
    "the kernel: reading, writing, waiting",
    /^(__|epoll|send|recv|write|read|syscall)|sun\/nio\/ch\/(EPoll|.*Dispatcher|IOUtil|Net)/,
  ],
  [
    "the compiler and the collector",
    /^(Compile|C2|C1|Phase|GenCollected|Serial|DefNew|Tenured|VM_|GC)/,
  ],
  ["metrics and traces", /^io\/(micrometer|opentelemetry|quarkus\/(micrometer|opentelemetry))/],
  ["the record of the call", /^dev\/drawbridge\/(audit|gateway\/audit)/],
  ["who asks, and what they may", /^dev\/drawbridge\/identity/],
  ["the guard", /^dev\/drawbridge\/gateway\/sqlguard/],
  [
    "the flight: PostgreSQL's protocol, the pool",
    /^(dev\/drawbridge\/gateway\/target|io\/vertx\/(sqlclient|pgclient))/,
  ],
  [
    "reading the call, writing the answer",
    /^(dev\/drawbridge\/gateway|com\/fasterxml|tools\/jackson)/,
  ],
  ["HTTP, routing, the event loop", /^(io\/(netty|vertx|quarkus|smallrye)|java\/util\/concurrent)/],
];

const options = numbers({ seconds: 20, warmup: 40, "port-offset": 10_000 });
const suite = Suite.here(options["port-offset"]);

await session(main, () => suite.end());

async function main() {
  await suite.empty();
  const origin = machine(checkout);
  await suite.up();
  const drawbridge = new Drawbridge(suite);
  const cells = new Cells(suite);
  const sections = [];
  for (const workload of [SELECT_ONE, HUNDRED_ROWS]) {
    await cells.calls(drawbridge, workload, AT_ONCE, options.warmup);
    const file = path.join(bench, "target", `${workload.key}.collapsed`);
    profiler(`start,event=itimer,interval=1ms,file=${file},collapsed`);
    const cell = await cells.calls(drawbridge, workload, AT_ONCE, options.seconds);
    profiler(`stop,file=${file},collapsed`);
    if (cell.problems.length) throw new Error(cell.problems.join(", "));
    sections.push(section(workload, cell, fs.readFileSync(file, "utf8")));
  }
  publish("profile", report(origin, sections));
}

function profiler(what) {
  const jcmd = path.join(path.dirname(program(suite.gatewayPid)), "jcmd");
  // In quotes: the command would take file=… for an option of its own.
  output(jcmd, [String(suite.gatewayPid), "JVMTI.agent_load", LIBRARY, `"${what}"`]);
}

function section({ name }, { serverMicros }, collapsed) {
  const counts = new Map([...PARTS.map(([part]) => [part, 0]), ["anything else", 0]]);
  let samples = 0;
  for (const line of collapsed.split("\n").filter((it) => it)) {
    const [, stack, count] = line.match(/^(.*) (\d+)$/);
    const part = partOf(stack.split(";"));
    counts.set(part, counts.get(part) + Number(count));
    samples += Number(count);
  }
  const rows = [...counts].map(([part, count]) => {
    const share = count / samples;
    const error = 1.96 * Math.sqrt((share * (1 - share)) / samples);
    const percent = `${(share * 100).toFixed(1)} % ± ${(error * 100).toFixed(1)}`;
    return [part, percent, short(share * serverMicros)];
  });
  rows.sort((a, b) => Number(b[2]) - Number(a[2]));
  return [
    `## ${name}, ${AT_ONCE} at once`,
    `${short(serverMicros)} µs of the gateway's CPU a request; ${whole(samples)} samples.`,
    table(["the innermost frame of", "share", "µs a request"], rows),
  ].join("\n\n");
}

function partOf(frames) {
  for (const frame of frames.reverse()) {
    const found = PARTS.find(([, pattern]) => pattern.test(frame));
    if (found) return found[0];
  }
  return "anything else";
}

function report(origin, sections) {
  return [
    "# Where the gateway's CPU goes",
    `\`${command("bench/profile.sh")}\`; the profiler itself costs some of it.`,
    table(["", "of this run"], origin),
    ...sections,
  ].join("\n\n");
}
