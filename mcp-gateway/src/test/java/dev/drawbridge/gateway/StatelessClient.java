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
        return with(
                new JsonObject()
                        .put("elicitation", new JsonObject().put("form", new JsonObject())));
    }

    /// One that takes tasks, and can ask its person.
    public StatelessClient withTasks() {
        return with(
                new JsonObject()
                        .put("elicitation", new JsonObject())
                        .put("extensions", new JsonObject().put(META + "tasks", new JsonObject())));
    }

    public StatelessClient with(JsonObject clientCapabilities) {
        return new StatelessClient(http, clientCapabilities);
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
        return http.post(body(method, params).encode(), headers(method, params));
    }

    /// The same with other headers or another body.
    public HttpResponse<String> post(JsonObject body, Map<String, String> headers) {
        return http.post(body.encode(), headers);
    }

    /// The stream of a request's answer.
    public McpStream open(String method, JsonObject params) {
        return http.open(body(method, params).encode(), headers(method, params));
    }

    /// A request as it is sent.
    public JsonObject body(String method, JsonObject params) {
        var meta =
                new JsonObject()
                        .put(META + "protocolVersion", REVISION)
                        .put(META + "clientCapabilities", capabilities);
        meta.mergeIn(params.getJsonObject("_meta", new JsonObject()));
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", method)
                .put("params", params.copy().put("_meta", meta));
    }

    /// The headers that it has to have.
    public Map<String, String> headers(String method, JsonObject params) {
        Map<String, String> headers = new HashMap<>();
        headers.put("MCP-Protocol-Version", REVISION);
        headers.put("Mcp-Method", method);
        String named =
                params.getString("name", params.getString("uri", params.getString("taskId")));
        if (named != null && !method.startsWith("completion/")) {
            headers.put("Mcp-Name", named);
        }
        if (params.getValue("arguments") instanceof JsonObject arguments
                && arguments.getValue("connection_id") instanceof String connection) {
            headers.put("Mcp-Param-Connection", connection);
        }
        return headers;
    }
}
