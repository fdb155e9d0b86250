// A client that speaks only stdio: the bridge that `up` prints, between it and the endpoint.
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { endpoint, main } from "./journey.mjs";

const bridge = fileURLToPath(new URL("node_modules/mcp-remote/dist/proxy.js", import.meta.url));

await main(async (token) => {
  const [url] = endpoint(token);
  const client = new Client({ name: "system-tests-stdio", version: "0.1.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bridge, url.href, "--transport", "http-only", "--header", "Authorization:${AUTHORIZATION}"],
      env: { ...process.env, AUTHORIZATION: `Bearer ${token}` },
      stderr: "inherit",
    }),
  );
  return client;
});
