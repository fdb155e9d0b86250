// The sign-on of @modelcontextprotocol/client 2.x: it begins with the scopes that the first refusal
// names, and comes back with more when a call needs them. How it is known to the provider is said by
// DRAWBRIDGE_REGISTRATION: `before`, `dynamic`, or `document`, whose URL is its id.
import { createServer } from "node:http";
import { writeSync } from "node:fs";
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from "@modelcontextprotocol/client";
import { required } from "./journey.mjs";
import { person } from "./person.mjs";

const home = "http://127.0.0.1:33418";
const document = `${home}/client.json`;
const registration = required("DRAWBRIDGE_REGISTRATION");
const clientMetadata = {
  client_name: "system-tests",
  redirect_uris: [`${home}/callback`],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  token_endpoint_auth_method: "none",
};
const known = { before: { client_id: "mcp-client" }, document: { client_id: document } };
const asked = [];

const provider = {
  redirectUrl: clientMetadata.redirect_uris[0],
  clientMetadata,
  clientInformation: () => provider.client ?? known[registration],
  saveClientInformation: (client) => (provider.client = client),
  tokens: () => provider.saved,
  saveTokens: (tokens) => (provider.saved = tokens),
  redirectToAuthorization: (address) => asked.push(address),
  saveCodeVerifier: (verifier) => (provider.verifier = verifier),
  codeVerifier: () => provider.verifier,
  saveDiscoveryState: (state) => (provider.discovery = state),
  discoveryState: () => provider.discovery,
};

const documents = createServer((_, answer) => {
  answer.setHeader("Content-Type", "application/json");
  answer.setHeader("Cache-Control", "max-age=300");
  answer.end(JSON.stringify({ client_id: document, ...clientMetadata }));
}).listen(33418, "127.0.0.1");
const { signIn } = person();

const transport = () =>
  new StreamableHTTPClientTransport(new URL(required("DRAWBRIDGE_MCP")), { authProvider: provider });
const client = () =>
  new Client(
    { name: "system-tests-step-up", version: "0.1.0" },
    { versionNegotiation: { mode: required("DRAWBRIDGE_MODE") } },
  );

const refused = transport();
await refusal(client().connect(refused));
await comeBack(refused);

const way = transport();
const signedOn = client();
await signedOn.connect(way);
const begun = provider.saved.access_token;
const { tools } = await signedOn.listTools();
const call = {
  name: "execute_sql",
  arguments: {
    connection_id: required("DRAWBRIDGE_CONNECTION"),
    sql: required("DRAWBRIDGE_STATEMENT"),
  },
};
await refusal(signedOn.callTool(call));
const refusedAgain = await comeBack(way).catch((error) => error.code);
const { structuredContent: written } = refusedAgain ? {} : await signedOn.callTool(call);
await signedOn.close();
documents.close();

writeSync(
  process.stdout.fd,
  JSON.stringify({
    client: provider.clientInformation().client_id,
    scopes: asked.map((address) => address.searchParams.get("scope")),
    tools: tools.map((tool) => tool.name),
    refusedAgain,
    written,
    tokens: [begun, provider.saved.access_token],
  }),
);
process.exit();

/** The client has asked for a sign-on, and says so. */
async function refusal(attempt) {
  const error = await attempt.then(
    () => new Error("not refused"),
    (error) => error,
  );
  if (!(error instanceof UnauthorizedError)) {
    throw error;
  }
}

async function comeBack(transport) {
  await transport.finishAuth(await signIn(asked.at(-1), provider.redirectUrl));
}
