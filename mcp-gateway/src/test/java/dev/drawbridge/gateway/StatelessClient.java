package dev.drawbridge.gateway;

import io.vertx.core.json.JsonObject;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/// A client of MCP 2026-07-28, which keeps nothing between requests.
public final class StatelessClient {
    private static final String META = "io.modelcontextprotocol/";
    private static final String REVISION = "2026-07-28";

    private final McpClient http;
    private final JsonObject capabilities;

    private StatelessClient(McpClient http, JsonObject capabilities) {
        this.http = http;
        this.capabilities = capabilities;
    }

    public static StatelessClient of(URI endpoint, String bearer) {
        return new StatelessClient(McpClient.without(endpoint, bearer), new JsonObject());
    }

    /// One that can ask its person.
    public StatelessClient withElicitation() {
        return new StatelessClient(
                http,
                new JsonObject()
                        .put("elicitation", new JsonObject().put("form", new JsonObject())));
    }

    public HttpResponse<String> call(String tool, JsonObject arguments) {
        return post("tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
    }

    /// The `result` of a request, or the whole answer when it is an error.
    public JsonObject request(String method, JsonObject params) {
        var json = new JsonObject(post(method, params).body());
        return json.getJsonObject("result", json);
    }

    /// @param params without metadata; headers repeat what they say
    public HttpResponse<String> post(String method, JsonObject params) {
        Map<String, String> headers = new HashMap<>();
        headers.put("MCP-Protocol-Version", REVISION);
        headers.put("Mcp-Method", method);
        String named = params.getString("name", params.getString("uri"));
        if (named != null && !method.startsWith("completion/")) {
            headers.put("Mcp-Name", named);
        }
        if (params.getValue("arguments") instanceof JsonObject arguments
                && arguments.getValue("connection_id") instanceof String connection) {
            headers.put("Mcp-Param-Connection", connection);
        }
        var meta =
                new JsonObject()
                        .put(META + "protocolVersion", REVISION)
                        .put(META + "clientCapabilities", capabilities);
        return http.post(
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", 1)
                        .put("method", method)
                        .put("params", params.copy().put("_meta", meta))
                        .encode(),
                headers);
    }
}
