// Asks the demo a question over MCP, with nothing but fetch:
//
//   node docs/ask.mjs <caller> "<sql>" [--home <dir>]
//
// <caller> is store-manager, regional-manager, dba or head-office. Needs a running ./drawbridge up.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [caller, sql, ...home] = process.argv.slice(2);
const launcher = fileURLToPath(new URL("../drawbridge", import.meta.url));
const summary = JSON.parse(execFileSync(launcher, ["status", "--json", ...home]));
const { token } = summary.demo.callers.find((one) => one.name === caller);

let session;
let lastId = 0;

async function request(method, params) {
  const response = await fetch(summary.mcp, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      ...(session && { "Mcp-Session-Id": session }),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: ++lastId, method, params }),
  });
  session ??= response.headers.get("Mcp-Session-Id");
  const { result, error } = await response.json();
  if (error) throw new Error(error.message);
  return result;
}

await request("initialize", {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "ask", version: "1" },
});
const answer = await request("tools/call", {
  name: "query_database",
  arguments: { connection_id: summary.demo.connection, sql },
});
console.log(answer.content[0].text);
