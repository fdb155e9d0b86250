// The client of @modelcontextprotocol/sdk 1.x.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { capabilities, endpoint, fillIn, main } from "./journey.mjs";

await main(async (token) => {
  const client = new Client({ name: "system-tests-sdk", version: "0.1.0" }, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, fillIn);
  await client.connect(new StreamableHTTPClientTransport(...endpoint(token)));
  return client;
});
