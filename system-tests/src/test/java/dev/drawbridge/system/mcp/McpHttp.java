package dev.drawbridge.system.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/// Requests to the MCP endpoint as bytes on the wire, right or wrong: each header can be replaced
/// or left out. It is immutable.
public final class McpHttp {
    static final JsonMapper JSON = new JsonMapper();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    private final URI endpoint;
    private final Map<String, String> headers;

    private McpHttp(URI endpoint, Map<String, String> headers) {
        this.endpoint = endpoint;
        this.headers = headers;
    }

    /// With the headers that every client sends, and no credential.
    public static McpHttp to(String endpoint) {
        return new McpHttp(
                URI.create(endpoint),
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/json, text/event-stream"));
    }

    public McpHttp with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new McpHttp(endpoint, more);
    }

    /// The same to another path of the gateway.
    McpHttp at(String path) {
        return new McpHttp(endpoint.resolve(path), headers);
    }

    URI endpoint() {
        return endpoint;
    }

    Map<String, String> headers() {
        return headers;
    }

    public McpHttp bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> post(String body) {
        return send("POST", HttpRequest.BodyPublishers.ofString(body));
    }

    public HttpResponse<String> delete() {
        return send("DELETE", HttpRequest.BodyPublishers.noBody());
    }

    /// How a GET is answered; what may follow, and a stream may never end, is not waited for.
    public int get() {
        var request = request("GET", HttpRequest.BodyPublishers.noBody());
        try {
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// A JSON-RPC request; the id may be a number or a string.
    public HttpResponse<String> post(Object id, String method, Map<String, ?> parameters) {
        var message = new LinkedHashMap<String, Object>();
        message.put("jsonrpc", "2.0");
        if (id != null) {
            message.put("id", id);
        }
        message.put("method", method);
        message.put("params", parameters);
        return post(json(message));
    }

    private HttpResponse<String> send(String method, HttpRequest.BodyPublisher body) {
        try {
            return HTTP.send(request(method, body), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private HttpRequest request(String method, HttpRequest.BodyPublisher body) {
        var request = HttpRequest.newBuilder(endpoint).timeout(PATIENCE).method(method, body);
        headers.forEach(request::header);
        return request.build();
    }

    /// The JSON-RPC answer in a response, be it one JSON object or the last event of a stream.
    public static JsonNode message(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        String body = response.body();
        if (type.startsWith("text/event-stream")) {
            body =
                    body.lines()
                            .filter(line -> line.startsWith("data:"))
                            .map(line -> line.substring("data:".length()).strip())
                            .reduce("", (_, last) -> last);
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(
                    "HTTP %d with no JSON: %s".formatted(response.statusCode(), body), failure);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }
}
