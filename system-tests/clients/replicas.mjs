// A session of @modelcontextprotocol/sdk 1.x over two gateways, of which one is killed. Its person
// answers questions in turn as DRAWBRIDGE_ANSWERS says.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { writeSync } from "node:fs";
import { endpoint, required } from "./journey.mjs";

const TIMES = 6;
const connection_id = required("DRAWBRIDGE_CONNECTION");
const people = required("DRAWBRIDGE_ANSWERS").split(",");
const errors = [];
const questions = [];

async function connected(capabilities) {
  const client = new Client({ name: "system-tests-replicas", version: "0.1.0" }, { capabilities });
  client.onerror = (error) => errors.push(error.message);
  await client.connect(new StreamableHTTPClientTransport(...endpoint(required("DRAWBRIDGE_TOKEN"))));
  return client;
}

/** Lists and calls, so often that both gateways have a share. */
async function use(client) {
  const seen = [];
  for (let i = 0; i < TIMES; i++) {
    const { tools } = await client.listTools();
    const { structuredContent } = await client.callTool({ name: "list_connections", arguments: {} });
    seen.push({ tools: tools.length, connections: structuredContent.connections.length });
  }
  return seen;
}

async function execute(client, sql) {
  const { structuredContent } = await client.callTool({
    name: "execute_sql",
    arguments: { connection_id, sql },
  });
  return structuredContent.outcome;
}

/** One call for each gateway, and the death of one while they run. */
async function die(client) {
  const calls = [1, 2].map(() =>
    client.callTool({
      name: "query_database",
      arguments: { connection_id, sql: required("DRAWBRIDGE_LONG_QUERY") },
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  process.kill(Number(required("DRAWBRIDGE_REPLICA_PID")), "SIGKILL");
  const ended = await Promise.allSettled(calls);
  return ended.map(({ status, reason }) => ({ status, reason: reason?.message }));
}

const client = await connected({ elicitation: {} });
client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
  questions.push(params.message);
  const action = people.shift();
  return action === "accept" ? { action, content: { confirm: true } } : { action };
});
const mute = await connected({});

const before = await use(client);
const outcomes = [];
for (let asked = people.length; asked > 0; asked--) {
  outcomes.push(await execute(client, required("DRAWBRIDGE_WRITE")));
}
const unasked = await execute(mute, required("DRAWBRIDGE_WRITE"));
const calls = await die(client);
const after = await use(client);
const muteAfter = await use(mute);
await client.close();

writeSync(
  process.stdout.fd,
  JSON.stringify({ before, outcomes, questions, unasked, calls, after, muteAfter, errors }),
);
process.exit();
