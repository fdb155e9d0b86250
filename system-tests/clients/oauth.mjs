// The sign-on of @modelcontextprotocol/sdk 1.x: from a refusal to the provider and back with a
// token.
import { writeSync } from "node:fs";
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { required } from "./journey.mjs";
import { person } from "./person.mjs";

const url = new URL(required("DRAWBRIDGE_MCP"));

const provider = {
  redirectUrl: "http://127.0.0.1:33418/callback",
  clientMetadata: {
    client_name: "system-tests",
    redirect_uris: ["http://127.0.0.1:33418/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  },
  clientInformation: () => ({ client_id: "mcp-client" }),
  tokens: () => provider.saved,
  saveTokens: (tokens) => (provider.saved = tokens),
  redirectToAuthorization: (address) => (provider.authorization = address),
  saveCodeVerifier: (verifier) => (provider.verifier = verifier),
  codeVerifier: () => provider.verifier,
};

const client = () => new Client({ name: "system-tests-oauth", version: "0.1.0" });
const transport = () => new StreamableHTTPClientTransport(url, { authProvider: provider });

const refused = transport();
try {
  await client().connect(refused);
  throw new Error("connected without a token");
} catch (error) {
  if (!(error instanceof UnauthorizedError)) {
    throw error;
  }
}
const back = await person().signIn(provider.authorization, provider.redirectUrl);
await refused.finishAuth(back.get("code"));

const signedOn = client();
await signedOn.connect(transport());
const { tools } = await signedOn.listTools();
const { structuredContent: connections } = await signedOn.callTool({
  name: "list_connections",
  arguments: {},
});
await signedOn.close();
writeSync(
  process.stdout.fd,
  JSON.stringify({
    resource: provider.authorization.searchParams.get("resource"),
    authorizationServer: provider.authorization.href.split("/protocol/")[0],
    tools,
    connections,
    tokens: [provider.saved.access_token],
  }),
);
process.exit();
