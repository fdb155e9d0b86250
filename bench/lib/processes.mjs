import fs from "node:fs";
import { output } from "./shell.mjs";

const MICROS_PER_TICK = 1e6 / Number(output("getconf", ["CLK_TCK"]));

/** The process that listens on a port of this machine. */
export function listener(port) {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const inodes = new Set(
    ["/proc/net/tcp", "/proc/net/tcp6"]
      .flatMap((table) => fs.readFileSync(table, "utf8").split("\n"))
      .map((line) => line.trim().split(/\s+/))
      .filter((field) => field[1]?.endsWith(`:${hex}`) && field[3] === "0A")
      .map((field) => `socket:[${field[9]}]`),
  );
  const found = pids().find((pid) => handles(pid).some((handle) => inodes.has(handle)));
  if (!found) throw new Error(`nothing listens on port ${port}`);
  return found;
}

/** CPU that a process has used so far. */
export function cpuMicros(pid) {
  const [user, system] = times(pid);
  return (user + system) * MICROS_PER_TICK;
}

/** CPU of a server and all its children. What a child used moves to the server when it ends. */
export function familyCpuMicros(pid) {
  for (;;) {
    const before = times(pid);
    const living = sum(children(pid).map(cpuMicros));
    const after = times(pid);
    if (before[2] === after[2] && before[3] === after[3]) {
      return living + sum(after) * MICROS_PER_TICK;
    }
  }
}

/** CPU of what PostgreSQL runs besides the sessions of one role. */
export function besidesCpuMicros(postmaster, role) {
  const others = children(postmaster).filter(
    (pid) => !commandLine(pid).startsWith(`postgres: ${role} `),
  );
  return sum(others.map(cpuMicros));
}

/** CPU of this process and of the children that it has waited for. */
export function ownCpuMicros() {
  return sum(times("self")) * MICROS_PER_TICK;
}

/** CPU of the whole machine, what the hypervisor gave to others included. */
export function machineCpuMicros() {
  const [user, nice, system, , , interrupt, softInterrupt, stolen] = fs
    .readFileSync("/proc/stat", "utf8")
    .split("\n", 1)[0]
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return sum([user, nice, system, interrupt, softInterrupt, stolen]) * MICROS_PER_TICK;
}

/** Resident megabytes; PSS counts a page that several processes share in parts. */
export function memory(pid) {
  const text = fs.readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const megabytes = (name) => Number(text.match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))[1]) / 1024;
  return { rss: megabytes("Rss"), pss: megabytes("Pss") };
}

export const program = (pid) => fs.readlinkSync(`/proc/${pid}/exe`);

export function commandLine(pid) {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
}

export function children(parent) {
  return pids().filter((pid) => Number(fields(pid)[1]) === parent);
}

const sum = (numbers) => numbers.reduce((total, it) => total + it, 0);

function pids() {
  return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
}

/** utime, stime, and both of the children that were waited for. */
function times(pid) {
  const ticks = fields(pid).slice(11, 15).map(Number);
  return ticks.length === 4 ? ticks : [0, 0, 0, 0];
}

/** What /proc/<pid>/stat says after the name: state, parent, … */
function fields(pid) {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function handles(pid) {
  try {
    return fs.readdirSync(`/proc/${pid}/fd`).map((handle) => {
      try {
        return fs.readlinkSync(`/proc/${pid}/fd/${handle}`);
      } catch {
        return "";
      }
    });
  } catch {
    return [];
  }
}

/** Empty for a process that has just ended. */
function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
