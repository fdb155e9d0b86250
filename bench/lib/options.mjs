import { parseArgs } from "node:util";

/** The command's options: whole numbers from 1 with their defaults, and others as they are. */
export function numbers(defaults, others = {}) {
  const options = { ...others };
  for (const [name, value] of Object.entries(defaults)) {
    options[name] = { type: "string", default: String(value) };
  }
  const given = parse(options);
  for (const name of Object.keys(defaults)) {
    if (!/^[1-9]\d*$/.test(given[name])) refuse(`--${name} must be a whole number from 1.`);
    given[name] = Number(given[name]);
  }
  return given;
}

function parse(options) {
  try {
    return { ...parseArgs({ options }).values };
  } catch (failure) {
    return refuse(failure.message);
  }
}

function refuse(why) {
  console.error(`bench: ${why}`);
  process.exit(2);
}
