import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { commandLine, program } from "./processes.mjs";
import { output } from "./shell.mjs";

/** Where a result comes from, as rows of a table. */
export function machine(folder) {
  return [
    ["Commit", commit(folder)],
    ["CPU", `${os.availableParallelism()} × ${os.cpus()[0].model}`],
    ["Memory", `${Math.round(os.totalmem() / 2 ** 30)} GiB`],
    ["Kernel", `${os.type()} ${os.release()}`],
    ["Load before (1, 5, 15 min)", os.loadavg().map((it) => it.toFixed(1)).join(", ")],
  ];
}

/** Of the JVM that a process runs on, with its memory options. */
export function jdk(pid) {
  const folder = path.dirname(path.dirname(program(pid)));
  const release = fs.readFileSync(path.join(folder, "release"), "utf8");
  const value = (name) => release.match(new RegExp(`^${name}="(.*)"`, "m"))?.[1] ?? "";
  const options = commandLine(pid).split(" ").filter((it) => /^-Xm|^-XX:(AOTCache|Use)/.test(it));
  const names = options.map((it) => it.replace(/=.*/, "")).join(" ");
  return `${value("IMPLEMENTOR")} ${value("JAVA_VERSION")}, ${names}`;
}

export function versionOf(command) {
  const { stdout, stderr } = spawnSync(command, ["--version"], { encoding: "utf8" });
  return (stdout + stderr).match(/\d+(\.\d+)+/)[0];
}

export const postgresVersion = (dsn) =>
  output("psql", ["-XAt", "-d", dsn, "-c", "show server_version"]);

function commit(folder) {
  const git = (...args) => output("git", ["-C", folder, ...args]);
  const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
  return git("rev-parse", "--short=12", "HEAD") + (changed ? ", with changes not committed" : "");
}

export const today = () => new Date().toISOString().slice(0, 10);

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, i) => (i < 1 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
