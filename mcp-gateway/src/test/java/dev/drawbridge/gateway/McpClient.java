package dev.drawbridge.gateway;

import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The protocol as it is on the wire, so that a test can also send what a client library would not.
public final class McpClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI endpoint;
    private final String bearer;
    private final String session;

    private McpClient(URI endpoint, String bearer, String session) {
        this.endpoint = endpoint;
        this.bearer = bearer;
        this.session = session;
    }

    /// A client with a session of its own.
    ///
    /// @param bearer a bearer's text, or a whole `Basic …`
    public static McpClient connect(URI endpoint, String bearer) {
        return connect(endpoint, bearer, new JsonObject());
    }

    /// The same for another revision.
    public static McpClient connect(URI endpoint, String bearer, String revision) {
        return connect(endpoint, bearer, revision, new JsonObject());
    }

    /// The same, of a client that can be asked something.
    public static McpClient connect(URI endpoint, String bearer, JsonObject capabilities) {
        return connect(endpoint, bearer, "2025-11-25", capabilities);
    }

    private static McpClient connect(
            URI endpoint, String bearer, String revision, JsonObject capabilities) {
        var fresh = new McpClient(endpoint, bearer, null);
        HttpResponse<String> answer =
                fresh.post(
                        """
                        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{
                         "protocolVersion":"%s","capabilities":%s,
                         "clientInfo":{"name":"test","version":"1"}}}
                        """
                                .formatted(revision, capabilities.encode()));
        String session = answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
        var client = new McpClient(endpoint, bearer, session);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return client;
    }

    /// The same session with another credential.
    public McpClient as(String other) {
        return new McpClient(endpoint, other, session);
    }

    public static McpClient without(URI endpoint, String bearer) {
        return new McpClient(endpoint, bearer, null);
    }

    /// The `result` of a request, or the whole answer when it is an error.
    public JsonObject request(String method, JsonObject params) {
        HttpResponse<String> answer =
                post(
                        new JsonObject()
                                .put("jsonrpc", "2.0")
                                .put("id", "r-1")
                                .put("method", method)
                                .put("params", params)
                                .encode());
        var json = new JsonObject(answer.body());
        return json.getJsonObject("result", json);
    }

    /// The result of a tool.
    public JsonObject call(String tool, JsonObject arguments) {
        return request(
                "tools/call", new JsonObject().put("name", tool).put("arguments", arguments));
    }

    public HttpResponse<String> post(String body) {
        return post(body, Map.of());
    }

    public HttpResponse<String> post(String body, Map<String, String> headers) {
        var request = request().POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return send(request.build());
    }

    /// The messages of a stream as they come: what is told before the answer, and the answer.
    public BlockingQueue<JsonObject> follow(JsonObject message) {
        var messages = new LinkedBlockingQueue<JsonObject>();
        var request = request().POST(HttpRequest.BodyPublishers.ofString(message.encode())).build();
        var _ =
                HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                        .thenAccept(answer ->
                                answer.body()
                                        .map(line -> line.replaceFirst("^data: ", ""))
                                        .filter(line -> line.startsWith("{"))
                                        .map(JsonObject::new)
                                        .forEach(messages::add));
        return messages;
    }

    /// A message as its request's bytes, for who writes to a socket.
    public String raw(String body) {
        return """
        POST %s HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Accept: application/json, text/event-stream\r
        Mcp-Session-Id: %s\r
        Content-Length: %d\r
        \r
        %s\
        """
                .formatted(
                        endpoint.getPath(),
                        endpoint.getAuthority(),
                        bearer,
                        session,
                        body.getBytes(StandardCharsets.UTF_8).length,
                        body);
    }

    /// The stream that answers a message.
    McpStream open(String body, Map<String, String> headers) {
        var request = request().POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return McpStream.open(HTTP, request.build());
    }

    /// What the server says by itself, from now on.
    public McpStream listen() {
        return McpStream.open(HTTP, request().GET().build());
    }

    /// The id of its session.
    public String session() {
        return session;
    }

    public HttpResponse<String> delete() {
        return send(request().DELETE().build());
    }

    private HttpRequest.Builder request() {
        var request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, text/event-stream");
        if (bearer != null) {
            request.header(
                    "Authorization", bearer.startsWith("Basic ") ? bearer : "Bearer " + bearer);
        }
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        return request;
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
