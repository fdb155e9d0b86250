// What `tools/list` and the answer of a hundred rows cost a conversation, in bytes and in tokens,
// beside peers; see bench/README.md.
import { createRequire } from "node:module";
import path from "node:path";
import { machine, table } from "./lib/machine.mjs";
import { whole } from "./lib/numbers.mjs";
import { numbers } from "./lib/options.mjs";
import { command, publish, session } from "./lib/session.mjs";
import { bench, checkout } from "./lib/shell.mjs";
import { Suite } from "./lib/suite.mjs";
import { HUNDRED_ROWS } from "./lib/workloads.mjs";

const peers = createRequire(path.join(bench, "peers/package.json"));
const { Client } = peers("@modelcontextprotocol/sdk/client/index.js");
const { StdioClientTransport } = peers("@modelcontextprotocol/sdk/client/stdio.js");
const { StreamableHTTPClientTransport } = peers("@modelcontextprotocol/sdk/client/streamableHttp.js");
const { encode } = peers("gpt-tokenizer");

/** For one server: those that want the internet would never say that there is none. */
const PATIENCE_MS = 20_000;

const options = numbers({ "port-offset": 10_000 });
const suite = Suite.here(options["port-offset"]);

await session(main, () => suite.end());

async function main() {
  await suite.empty();
  const origin = machine(checkout);
  await suite.up();
  const lists = [];
  const rows = [];
  const [present, absent] = theirs();
  for (const one of [...ours(), ...present]) {
    const client = new Client({ name: "bench", version: "1" });
    const weigh = async () => {
      await client.connect(one.transport());
      const tools = await everyPage(client);
      const json = JSON.stringify(tools);
      lists.push([one.name, tools.length, whole(Buffer.byteLength(json)), whole(tokens(json))]);
      if (one.rows) rows.push([one.name, ...weight(await client.callTool(one.rows))]);
    };
    const late = AbortSignal.timeout(PATIENCE_MS);
    await Promise.race([
      weigh(),
      new Promise((_, reject) => late.addEventListener("abort", () => reject(late.reason))),
    ])
      .catch((failure) => {
        throw new Error(`${one.name}: ${failure.message}`);
      })
      .finally(() => client.close());
  }
  publish("lists", report(origin, lists, rows, absent));
}

function ours() {
  const head = suite.caller("head-office").token;
  const dba = suite.caller("dba").token;
  const call = {
    name: "query_database",
    arguments: { connection_id: suite.demo.connection, sql: HUNDRED_ROWS.sql },
  };
  return [
    at("Drawbridge, nothing chosen", head, "", call),
    at("Drawbridge, `connection=retail`", head, "?connection=retail"),
    at("Drawbridge, `features=database`", head, "?features=database"),
    at("Drawbridge, `features=default,operate`", dba, "?features=default,operate"),
    at("Drawbridge, `features=all`", dba, "?features=all"),
  ];
}

function at(name, token, query, rows) {
  const requestInit = { headers: { Authorization: `Bearer ${token}` } };
  return {
    name,
    rows,
    transport: () =>
      new StreamableHTTPClientTransport(new URL(suite.mcp + query), { requestInit }),
  };
}

/** Peers that are here, and of the others why they are not. */
function theirs() {
  const dsn = new URL(suite.demo.dsn);
  const password = decodeURIComponent(dsn.password);
  const supabase = (name, groups, ...project) =>
    stdio(name, process.execPath, [path.join(bench, "peers/supabase.mjs"), groups, ...project], {});
  const present = [];
  const absent = [];
  const installed = (name, variable, how, args, env, rows) => {
    const program = process.env[variable];
    if (program) present.push(stdio(name, program, args, env, rows));
    else absent.push(`${name} (${variable} names no program; ${how})`);
  };
  installed(
    "Postgres MCP Pro 0.3.0",
    "POSTGRES_MCP",
    "`pip install postgres-mcp==0.3.0`, Python 3.12 or newer",
    [dsn.href],
    {},
    { name: "execute_sql", arguments: { sql: HUNDRED_ROWS.sql } },
  );
  installed(
    "pgEdge Postgres MCP 1.0.0-beta1",
    "PGEDGE_MCP",
    "`go build ./cmd/pgedge-pg-mcp-svr` of its tag",
    [],
    {
      PGEDGE_DB_HOST: dsn.hostname,
      PGEDGE_DB_PORT: dsn.port,
      PGEDGE_DB_NAME: dsn.pathname.slice(1),
      PGEDGE_DB_USER: dsn.username,
      PGEDGE_DB_PASSWORD: password,
      PGEDGE_DB_SSLMODE: "disable",
    },
    { name: "query_database", arguments: { query: HUNDRED_ROWS.sql, limit: 100 } },
  );
  const toolbox = createRequire(path.join(bench, "package.json"))
    .resolve("@toolbox-sdk/server-linux-x64/package.json");
  const bin = (of, file) => path.join(bench, "peers/node_modules", of, file);
  const sql = { arguments: { sql: HUNDRED_ROWS.sql }, name: "execute_sql" };
  const bundled = [
    stdio(
      "MCP Toolbox 1.12.0, prebuilt postgres",
      path.join(path.dirname(toolbox), "bin/toolbox"),
      ["--prebuilt", "postgres", "--stdio"],
      {
        POSTGRES_HOST: dsn.hostname,
        POSTGRES_PORT: dsn.port,
        POSTGRES_DATABASE: dsn.pathname.slice(1),
        POSTGRES_USER: dsn.username,
        POSTGRES_PASSWORD: password,
      },
      sql,
    ),
    stdio(
      "DBHub 1.4.0",
      process.execPath,
      [bin("@bytebase/dbhub", "dist/index.js"), "--transport", "stdio", "--dsn", `${dsn}?sslmode=disable`],
      {},
      sql,
    ),
    supabase("Supabase MCP 0.13.0, `database` of one project", "database", "project"),
    supabase(
      "Supabase MCP 0.13.0, all but `docs`",
      "account,branching,database,debugging,development,functions,storage",
    ),
  ];
  return [[...bundled, ...present], absent];
}

function stdio(name, program, args, env, rows) {
  const parameters = { command: program, args, env: { ...process.env, ...env }, stderr: process.env.PEER_STDERR ?? "ignore" };
  return { name, rows, transport: () => new StdioClientTransport(parameters) };
}

async function everyPage(client) {
  const tools = [];
  let cursor;
  do {
    const page = await client.listTools(cursor ? { cursor } : {});
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor);
  return tools;
}

/** Bytes of the result, and bytes and tokens of what of it a model reads: the texts. */
function weight(result) {
  if (result.isError) throw new Error(JSON.stringify(result).slice(0, 500));
  const text = result.content.map((it) => it.text).join("\n");
  return [
    whole(Buffer.byteLength(JSON.stringify(result))),
    whole(Buffer.byteLength(text)),
    whole(tokens(text)),
  ];
}

function tokens(text) {
  return encode(text).length;
}

function report(origin, lists, rows, absent) {
  return [
    "# What tools and rows cost a conversation",
    `\`${command("bench/lists.sh")}\`. Asked by the official TypeScript client; bytes are those of the JSON of all tools, ` +
      "tokens are of GPT's `o200k_base`, which other models' are near. Supabase's server runs beside no Supabase, " +
      "so it lists but has no rows; its `docs` describe themselves by what Supabase's site answers. " +
      `Left out: ${absent.join("; ") || "none"}.`,
    table(["", "of this run"], origin),
    "## tools/list",
    table(["", "tools", "bytes", "tokens"], lists),
    `## 100 rows\n\n\`${HUNDRED_ROWS.sql}\`. Drawbridge's result holds the rows twice, as ` +
      "`structuredContent` for programs and as text for models.",
    table(["", "bytes of the result", "bytes of its text", "tokens of its text"], rows),
  ].join("\n\n") + "\n";
}
