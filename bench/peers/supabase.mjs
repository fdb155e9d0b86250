// Supabase's own MCP server over standard input and output, beside no Supabase: it lists its tools,
// and every call of one fails. Arguments: its groups of tools, and a project's id if it is to have one.
import { StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { createSupabaseMcpServer } from "@supabase/mcp-server-supabase";

const [features, projectId] = process.argv.slice(2);
const operations = new Proxy(
  { logsDialect: undefined },
  {
    get: (known, name) =>
      name in known
        ? known[name]
        : async () => {
            throw new Error("There is no Supabase here");
          },
  },
);
const server = createSupabaseMcpServer({
  platform: Object.fromEntries(features.split(",").map((group) => [group, operations])),
  features: features.split(","),
  projectId,
});
await server.connect(new StdioServerTransport());
