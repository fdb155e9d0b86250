import fs from "node:fs";
import path from "node:path";
import { today } from "./machine.mjs";
import { bench, checkout } from "./shell.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs a measurement to its end; `stop` is called once, however it ends, also by a signal. */
export async function session(measure, stop) {
  let stopping;
  const end = () => (stopping ??= Promise.resolve().then(stop).catch(fail));
  for (const signal of SIGNALS) {
    process.once(signal, () => end().finally(() => process.exit(130)));
  }
  try {
    await measure();
  } catch (failure) {
    if (!stopping) fail(failure);
  } finally {
    await end();
  }
}

/** Writes what was found to results/, or elsewhere in bench/ what is not worth keeping. */
export function publish(name, text, folder = "results") {
  const file = path.join(bench, folder, `${today()}-${name}.md`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${text.trimEnd()}\n`);
  console.log(text);
  console.error(`written: ${path.relative(checkout, file)}`);
}

/** The command as it was given, for the head of a result. */
export function command(program) {
  return [program, ...process.argv.slice(2)].join(" ");
}

function fail(failure) {
  console.error(`bench: ${failure.message}`);
  process.exitCode = 1;
}
