// What 100,000 sessions leave behind, begun by one caller and by many; see bench/README.md.
import http from "node:http";
import path from "node:path";
import { Api, each } from "./lib/api.mjs";
import { machine, table } from "./lib/machine.mjs";
import { short } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { memory, program } from "./lib/processes.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { checkout, output } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";

const INITIALIZE = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: { elicitation: {}, roots: { listChanged: true } },
    clientInfo: { name: "bench-sessions", version: "1" },
  },
});

const options = numbers({ sessions: 100_000, callers: 120, clients: 32, "port-offset": 10_000 });
const suite = Suite.here(options["port-offset"]);
const agent = new http.Agent({ keepAlive: true, maxSockets: options.clients });

await session(main, () => suite.end());

async function main() {
  await suite.empty();
  const origin = machine(checkout);
  await suite.up();
  const one = [suite.caller("head-office").token];
  const many = await people(options.callers);
  await begin(one, 2_000); // What the first thousands allocate is the JVM's warming up.
  const rows = [row("before", 0)];
  rows.push(row("one caller", await begin(one, options.sessions)));
  rows.push(row(`${options.callers} callers`, await begin(many, options.sessions)));
  publish("sessions", report(origin, rows));
}

/** Begins so many, by all of these in turn; gives how many a second. */
async function begin(tokens, count) {
  const began = performance.now();
  let next = 0;
  const client = async () => {
    while (next < count) {
      const token = tokens[next++ % tokens.length];
      await initialize(token);
    }
  };
  await Promise.all(Array.from({ length: options.clients }, client));
  return (count / (performance.now() - began)) * 1000;
}

function initialize(token) {
  const headers = {
    Authorization: `Bearer ${token}`,
    Accept: "application/json, text/event-stream",
    "Content-Type": "application/json",
  };
  return new Promise((resolve, reject) => {
    const request = http.request(suite.mcp, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        answer.statusCode === 200 && answer.headers["mcp-session-id"]
          ? resolve()
          : reject(new Error(`initialize was answered ${answer.statusCode}`)),
      );
    });
    request.on("error", reject);
    request.end(INITIALIZE);
  });
}

/** Signed-in people without any rights: whoever may sign in may begin sessions. */
async function people(count) {
  const api = await new Api(suite).signIn();
  return each(Array.from({ length: count }), async (_, i) => {
    const username = `bench-${i}`;
    const password = `a password of ${username}`;
    await api.auth("POST", "/api/v1/users", { username, password, attributes: {} });
    return api.login(username, password);
  }, 1);
}

function row(what, perSecond) {
  const pid = suite.gatewayPid;
  const jcmd = (...args) =>
    output(path.join(path.dirname(program(pid)), "jcmd"), [String(pid), ...args]);
  const { rss } = memory(pid);
  jcmd("GC.run");
  const [, bytesAlive] = jcmd("GC.class_histogram").match(/^Total\s+\d+\s+(\d+)/m);
  const stored = "select count(*), pg_total_relation_size('gateway.mcp_session') from gateway.mcp_session";
  const [sessions, bytes] = suite.askDatastore(stored).split("|").map(Number);
  return [what, short(perSecond), short(rss), short(bytesAlive / 2 ** 20), sessions, short(bytes / 2 ** 20)];
}

function report(origin, rows) {
  const head = ["after", "begun/s", "resident MiB", "live heap MiB", "sessions stored", "table MiB"];
  return [
    "# What sessions without end leave behind",
    `\`${command("bench/sessions.sh")}\``,
    table(["", "of this run"], origin),
    `${options.sessions} × \`initialize\` by one caller, then by ${options.callers} in turn, over ` +
      `${options.clients} connections. A caller keeps 100 sessions, all keep 10,000. Before the ` +
      "first row there were 2,000. Heap: what lives after a collection.",
    table(head, rows),
  ].join("\n\n");
}
