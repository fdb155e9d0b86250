// A client that installed the bundle: it starts what the manifest says, as the format's own package
// reads it. DRAWBRIDGE_BUNDLE is the folder that the bundle was unpacked to.
import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { getMcpConfigForManifest } from "@anthropic-ai/mcpb/node";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { endpoint, main, required } from "./journey.mjs";

const folder = required("DRAWBRIDGE_BUNDLE");

await main(async (token) => {
  const [url] = endpoint(token);
  const { args, env } = await getMcpConfigForManifest({
    manifest: JSON.parse(readFileSync(join(folder, "manifest.json"))),
    extensionPath: folder,
    systemDirs: {},
    userConfig: { url: url.href, token },
    pathSeparator: sep,
  });
  const client = new Client({ name: "system-tests-bundle", version: "0.1.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args,
      env: { ...process.env, ...env },
      stderr: "inherit",
    }),
  );
  return client;
});
