package dev.drawbridge.system.mcp;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.system.suite.Suite;

import java.util.HashMap;
import java.util.Map;

/// A client of MCP 2026-07-28, which has no sessions.
public final class ModernClient {
    private static final String META = "io.modelcontextprotocol/";
    private static final String REVISION = "2026-07-28";

    private final McpHttp http;

    private ModernClient(McpHttp http) {
        this.http = http;
    }

    /// @param query of the URL, with its question mark; empty for none
    public static ModernClient of(Suite suite, String token, String query) {
        return new ModernClient(
                McpHttp.to(suite.summary().mcp() + query)
                        .bearer(token)
                        .with("MCP-Protocol-Version", REVISION));
    }

    public ToolResult call(String tool, Map<String, ?> arguments) {
        var named = http.with("Mcp-Name", tool).with("Mcp-Method", "tools/call");
        var bound =
                arguments.get("connection_id") instanceof String connection
                        ? named.with("Mcp-Param-Connection", connection)
                        : named;
        var params = new HashMap<String, Object>();
        params.put("name", tool);
        params.put("arguments", arguments);
        return new ToolResult(result(bound, "tools/call", params));
    }

    /// The tools of the list.
    public JsonNode tools() {
        return result(http.with("Mcp-Method", "tools/list"), "tools/list", new HashMap<>())
                .path("tools");
    }

    private static JsonNode result(McpHttp http, String method, Map<String, Object> params) {
        params.put(
                "_meta",
                Map.of(META + "protocolVersion", REVISION, META + "clientCapabilities", Map.of()));
        var response = http.post(1, method, params);
        JsonNode message = McpHttp.message(response);
        if (!message.has("result")) {
            throw new McpSession.Refused(response);
        }
        return message.path("result");
    }
}
