package dev.drawbridge.system.mcp;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.system.suite.Suite;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/// One MCP session of a caller, with nothing hidden that the wire shows. Safe for many threads.
public final class McpSession {
    static final String PROTOCOL = "2025-11-25";

    private final McpHttp http;
    private final String id;
    private final JsonNode server;
    private final AtomicInteger requests = new AtomicInteger();

    private McpSession(McpHttp http, String id, JsonNode server) {
        this.http = http;
        this.id = id;
        this.server = server;
    }

    /// A request that was answered by a status other than 200, or by a JSON-RPC error.
    public static final class Refused extends RuntimeException {
        private final transient HttpResponse<String> response;

        Refused(HttpResponse<String> response) {
            super("HTTP " + response.statusCode() + ": " + response.body());
            this.response = response;
        }

        public int status() {
            return response.statusCode();
        }

        /// The JSON-RPC error; missing where the answer is none.
        public JsonNode error() {
            return McpHttp.message(response).path("error");
        }
    }

    public static McpSession open(Suite suite, String token) {
        return open(suite, token, "");
    }

    /// The same at a URL that chooses tools.
    ///
    /// @param query with its question mark; empty for none
    public static McpSession open(Suite suite, String token, String query) {
        var http = McpHttp.to(suite.summary().mcp() + query).bearer(token);
        var response = http.post(0, "initialize", initialization());
        if (response.statusCode() != 200) {
            throw new Refused(response);
        }
        String id = response.headers().firstValue("Mcp-Session-Id").orElseThrow();
        var result = McpHttp.message(response).path("result");
        var bound =
                http.with("Mcp-Session-Id", id)
                        .with("Mcp-Protocol-Version", result.path("protocolVersion").asText());
        var session = new McpSession(bound, id, result);
        session.notify("notifications/initialized", Map.of());
        return session;
    }

    /// The parameters of `initialize`.
    static Map<String, ?> initialization() {
        return Map.of(
                "protocolVersion",
                PROTOCOL,
                "capabilities",
                Map.of(),
                "clientInfo",
                Map.of("name", "system-tests", "version", "0.1.0"));
    }

    public String id() {
        return id;
    }

    /// What `initialize` answered.
    public JsonNode server() {
        return server;
    }

    /// This session's requests, for sending them with something changed.
    public McpHttp http() {
        return http;
    }

    /// The result of a request; [Refused] if there is none.
    public JsonNode request(String method, Map<String, ?> parameters) {
        var response = http.post(requests.incrementAndGet(), method, parameters);
        if (response.statusCode() != 200 || McpHttp.message(response).has("error")) {
            throw new Refused(response);
        }
        return McpHttp.message(response).path("result");
    }

    /// Sends a notification, which has no answer.
    public void notify(String method, Map<String, ?> parameters) {
        http.post(null, method, parameters);
    }

    public ToolResult call(String tool, Map<String, ?> arguments) {
        return new ToolResult(request("tools/call", Map.of("name", tool, "arguments", arguments)));
    }

    /// `query_database` on a connection.
    public ToolResult query(String connection, String sql) {
        return query(connection, sql, Map.of());
    }

    public ToolResult query(String connection, String sql, Map<String, ?> more) {
        var arguments = new HashMap<String, Object>(more);
        arguments.put("connection_id", connection);
        arguments.put("sql", sql);
        return call("query_database", arguments);
    }

    public List<String> toolNames() {
        return StreamSupport.stream(
                        request("tools/list", Map.of()).path("tools").spliterator(), false)
                .map(tool -> tool.path("name").asText())
                .toList();
    }
}
