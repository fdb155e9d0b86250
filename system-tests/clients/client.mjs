// @modelcontextprotocol/client 2.x, as it speaks to servers of the 2025 protocols.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { endpoint, main } from "./journey.mjs";

await main(async (token) => {
  const client = new Client(
    { name: "system-tests-client", version: "0.1.0" },
    { versionNegotiation: { mode: "legacy" } },
  );
  await client.connect(new StreamableHTTPClientTransport(...endpoint(token)));
  return client;
});
