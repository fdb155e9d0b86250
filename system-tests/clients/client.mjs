// @modelcontextprotocol/client 2.x in the era that DRAWBRIDGE_ERA names: `legacy`, `auto`, or a
// revision to insist on.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { capabilities, endpoint, fillIn, main, required } from "./journey.mjs";

const era = required("DRAWBRIDGE_ERA");
const mode = ["legacy", "auto"].includes(era) ? era : { pin: era };

await main(async (token) => {
  const client = new Client(
    { name: `system-tests-client-${era}`, version: "0.1.0" },
    { capabilities, versionNegotiation: { mode } },
  );
  client.setRequestHandler("elicitation/create", fillIn);
  await client.connect(new StreamableHTTPClientTransport(...endpoint(token)));
  return client;
});
