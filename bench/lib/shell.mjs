import { execFileSync, spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const bench = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const checkout = path.dirname(bench);

/** The trimmed standard output of a command that must succeed. */
export function output(command, args, options = {}) {
  return execFileSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26, ...options }).trim();
}

/** Runs a command to its end without blocking; resolves to its standard output. */
export function run(command, args, { errors = "inherit", ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", errors], ...options });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    child.stderr?.setEncoding("utf8").on("data", (chunk) => options.onError?.(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(text);
      else reject(new Error(`${path.basename(command)} ended with ${code}: ${text.slice(-500)}`));
    });
  });
}

export const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
