// @modelcontextprotocol/client 2.x pinned to MCP 2026-07-28, whose every request may reach another
// gateway: lists, calls, and writes that its person confirms. Then a task, which the library does not
// know: begun at one gateway, asked for and stopped at whichever.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { writeSync } from "node:fs";
import { endpoint, required } from "./journey.mjs";

const TIMES = 6;
const connection_id = required("DRAWBRIDGE_CONNECTION");
const questions = [];
const [url, transport] = endpoint(required("DRAWBRIDGE_TOKEN"));

const client = new Client(
  { name: "system-tests-stateless", version: "0.1.0" },
  {
    capabilities: { elicitation: { form: {} } },
    versionNegotiation: { mode: { pin: "2026-07-28" } },
  },
);
client.setRequestHandler("elicitation/create", ({ params }) => {
  questions.push(params.message);
  return { action: "accept", content: { confirm: true } };
});
await client.connect(new StreamableHTTPClientTransport(url, transport));

const uses = [];
const outcomes = [];
for (let i = 0; i < TIMES; i++) {
  const { tools } = await client.listTools();
  const listed = await client.callTool({ name: "list_connections", arguments: {} });
  uses.push({ tools: tools.length, connections: listed.structuredContent.connections.length });
  const { structuredContent } = await client.callTool({
    name: "execute_sql",
    arguments: { connection_id, sql: required("DRAWBRIDGE_WRITE") },
  });
  outcomes.push(structuredContent.outcome);
}
await client.close();

/** A request of a client that takes tasks. */
async function request(method, params, headers) {
  const prefix = "io.modelcontextprotocol/";
  const _meta = {
    [`${prefix}protocolVersion`]: "2026-07-28",
    [`${prefix}clientCapabilities`]: { extensions: { [`${prefix}tasks`]: {} } },
  };
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      ...transport.requestInit.headers,
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": "2026-07-28",
      "Mcp-Method": method,
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta } }),
  });
  return (await answer.json()).result;
}

async function stopped() {
  const sql = required("DRAWBRIDGE_LONGEST_QUERY");
  const { taskId, status } = await request(
    "tools/call",
    { name: "query_database", arguments: { connection_id, sql } },
    { "Mcp-Name": "query_database", "Mcp-Param-Connection": connection_id },
  );
  const use = (method) => request(method, { taskId }, { "Mcp-Name": taskId });
  const told = [status];
  for (let i = 0; i < 4; i++) told.push((await use("tasks/get")).status);
  await use("tasks/cancel");
  while (told.at(-1) === "working") {
    await new Promise((resolve) => setTimeout(resolve, 100));
    told.push((await use("tasks/get")).status);
  }
  return told;
}

const task = await stopped();
const seen = { uses, outcomes, questions: questions.length, task: [...new Set(task)] };
writeSync(process.stdout.fd, JSON.stringify(seen));
process.exit();
