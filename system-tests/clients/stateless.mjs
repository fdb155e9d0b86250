// @modelcontextprotocol/client 2.x pinned to MCP 2026-07-28, whose every request may reach another
// gateway: lists, calls, and writes that its person confirms.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { writeSync } from "node:fs";
import { endpoint, required } from "./journey.mjs";

const TIMES = 6;
const connection_id = required("DRAWBRIDGE_CONNECTION");
const questions = [];

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
await client.connect(new StreamableHTTPClientTransport(...endpoint(required("DRAWBRIDGE_TOKEN"))));

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

writeSync(process.stdout.fd, JSON.stringify({ uses, outcomes, questions: questions.length }));
process.exit();
