package dev.drawbridge.local.summary;

import dev.drawbridge.local.home.JsonFile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How to tell MCP clients of the gateway: for each, a title and a block to paste.
final class Clients {
    private static final String NAME = "drawbridge";
    private static final String BRIDGE = "mcp-remote@0.15.1";

    /// The bridge puts the variable in.
    private static final String HEADER = "Authorization:${DRAWBRIDGE_AUTHORIZATION}";

    private Clients() {}

    static Map<String, String> blocks(String mcp, String token) {
        var bearer = "Bearer " + token;
        var headers = Map.of("Authorization", bearer);
        var blocks = new LinkedHashMap<String, String>();
        blocks.put(
                "Claude Code",
                "claude mcp add --transport http %s %s --header \"Authorization: %s\""
                        .formatted(NAME, mcp, bearer));
        blocks.put(
                "Claude Desktop: claude_desktop_config.json",
                servers("mcpServers", bridge(mcp, bearer)));
        blocks.put(
                "VS Code: .vscode/mcp.json",
                servers("servers", ordered("type", "http", "url", mcp, "headers", headers)));
        blocks.put(
                "Cursor: ~/.cursor/mcp.json",
                servers("mcpServers", ordered("url", mcp, "headers", headers)));
        blocks.put(
                "Gemini CLI: ~/.gemini/settings.json",
                servers("mcpServers", ordered("httpUrl", mcp, "headers", headers)));
        blocks.put(
                "MCP Inspector (Node.js 22.19 or newer)",
                ("npx @modelcontextprotocol/inspector@2.12.0 --cli %s --transport http "
                                + "--method tools/list --header \"Authorization: %s\"")
                        .formatted(mcp, bearer));
        blocks.put(
                "Any client that speaks only stdio: its command",
                "DRAWBRIDGE_AUTHORIZATION='%s' npx -y %s %s --transport http-only --header '%s'"
                        .formatted(bearer, BRIDGE, mcp, HEADER));
        return blocks;
    }

    /// The header's value goes through the environment, because Claude Desktop on Windows and
    /// Cursor break arguments at spaces.
    private static Map<String, Object> bridge(String mcp, String bearer) {
        return ordered(
                "command",
                "npx",
                "args",
                List.of("-y", BRIDGE, mcp, "--transport", "http-only", "--header", HEADER),
                "env",
                Map.of("DRAWBRIDGE_AUTHORIZATION", bearer));
    }

    private static String servers(String key, Map<String, Object> server) {
        return JsonFile.pretty(Map.of(key, Map.of(NAME, server)));
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
