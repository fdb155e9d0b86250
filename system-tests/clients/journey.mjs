// What a client does with Drawbridge, whichever of the official packages it is made of: `connect`
// takes a client's name and a token and gives a connected client.

import { writeSync } from "node:fs";

const url = required("DRAWBRIDGE_MCP");

export function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

export function endpoint(token) {
  return [new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }];
}

/** What our client can be asked for. */
export const capabilities = { elicitation: { form: {} } };

/** The person: answers every question with the first connection, or with what was wanted. */
export function fillIn({ params }) {
  const content = {};
  for (const [name, field] of Object.entries(params.requestedSchema.properties)) {
    content[name] = field.enum ? field.enum[0] : "Which store sells most?";
  }
  return { action: "accept", content };
}

/** Runs the journey that the first argument names, and prints what it saw as one JSON object. */
export async function main(connect) {
  const journeys = { ask, revoke };
  const seen = await journeys[process.argv[2]](connect);
  writeSync(process.stdout.fd, JSON.stringify(seen));
  process.exit(); // a client whose token was refused may still try to reconnect
}

/** The README's first question, on the way through everything that the server offers. */
async function ask(connect) {
  const client = await connect(required("DRAWBRIDGE_TOKEN"));
  const { tools } = await client.listTools();
  const listed = await client.callTool({ name: "list_connections", arguments: {} });
  const [connection] = listed.structuredContent.connections;
  const orders = await client.callTool({
    name: "query_database",
    arguments: { connection_id: connection.id, sql: required("DRAWBRIDGE_QUESTION") },
  });
  const { resources } = await client.listResources();
  const { resourceTemplates } = await client.listResourceTemplates();
  const info = await client.readResource({ uri: `pg://${connection.id}/info` });
  const table = await client.readResource({ uri: `pg://${connection.id}/schema/retail/orders` });
  const { prompts } = await client.listPrompts();
  const prompt = await client.getPrompt({
    name: "explore-database",
    arguments: { connection_id: connection.id },
  });
  const asked = await client
    .getPrompt({ name: "write-query", arguments: {} })
    .catch((error) => ({ refused: error.message }));
  const { completion: connections } = await client.complete({
    ref: { type: "ref/prompt", name: "explore-database" },
    argument: { name: "connection_id", value: connection.name.slice(0, 3) },
  });
  const { completion } = await client.complete({
    ref: { type: "ref/resource", uri: "pg://{connection}/schema/{schema}/{table}" },
    argument: { name: "table", value: "order" },
    context: { arguments: { connection: connection.id, schema: "retail" } },
  });
  const protocol = client.getNegotiatedProtocolVersion?.() ?? client.transport?.protocolVersion;
  await client.close();
  return {
    protocol,
    server: client.getServerVersion(),
    capabilities: client.getServerCapabilities(),
    tools,
    connection,
    orders,
    resources,
    resourceTemplates,
    info: JSON.parse(info.contents[0].text),
    table: JSON.parse(table.contents[0].text),
    prompts,
    prompt,
    asked,
    connections,
    completion,
  };
}

/** Signs in, makes a token, uses it, revokes it, and uses it until that is refused. */
async function revoke(connect) {
  const { token: session } = await rest("POST", "/auth/login", undefined, {
    username: required("DRAWBRIDGE_USERNAME"),
    password: required("DRAWBRIDGE_PASSWORD"),
  });
  const made = await rest("POST", "/auth/tokens", session, { name: `client-${crypto.randomUUID()}` });
  const client = await connect(made.token);
  const before = await client.callTool({ name: "list_connections", arguments: {} });

  await rest("DELETE", `/auth/tokens/${made.id}`, session);
  const revoked = performance.now();
  let refusal;
  while (!refusal && performance.now() - revoked < 10_000) {
    try {
      await client.callTool({ name: "list_connections", arguments: {} });
    } catch (error) {
      refusal = { message: error.message, afterMs: performance.now() - revoked };
    }
  }
  return { before: before.structuredContent, refusal, secrets: [session, made.token] };
}

async function rest(method, path, credential, body) {
  const answer = await fetch(`${required("DRAWBRIDGE_AUTH")}/api/v1${path}`, {
    method,
    headers: {
      "Content-Type": "application/json",
      ...(credential && { Authorization: `Bearer ${credential}` }),
    },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.status === 204 ? undefined : answer.json();
}
