package dev.drawbridge.local.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.drawbridge.local.home.JsonFile;
import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The suite's public REST API as one caller sees it.
public final class RestApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String token;

    /// @param token empty for nobody
    public RestApi(HttpClient http, String token) {
        this.http = http;
        this.token = token;
    }

    /// What came back; the body is a missing node where there is none.
    public record Answer(int status, JsonNode body) {
        /// Whether the status is 2xx.
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /// The text of a field; empty where there is none.
        public String text(String field) {
            return body.path(field).asText();
        }
    }

    /// The same, as another caller.
    public RestApi as(String otherToken) {
        return new RestApi(http, otherToken);
    }

    /// Whatever it answers; an [UnansweredException] when it does not.
    public Answer get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    /// As [#get].
    public Answer delete(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).DELETE());
    }

    /// As [#get].
    public Answer post(String url, Map<String, ?> body) {
        return send(withBody("POST", url, body));
    }

    /// Changes a thing, whatever version it has now.
    public Answer patch(String url, Map<String, ?> body) {
        return send(withBody("PATCH", url, body).header("If-Match", "*"));
    }

    /// All items of a list, page by page.
    ///
    /// @param url with a query
    /// @param get gives the body of what is at a URL
    public static List<JsonNode> items(String url, Function<String, JsonNode> get) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            var page = get.apply(url + cursor);
            page.path("items").forEach(items::add);
            cursor =
                    page.hasNonNull("nextCursor")
                            ? "&cursor=" + encoded(page.path("nextCursor").asText())
                            : "";
        } while (!cursor.isEmpty());
        return items;
    }

    /// A text as a part of a query.
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// As [#patch], for what must succeed.
    public Answer change(String url, Map<String, ?> body) {
        var answer = patch(url, body);
        if (!answer.isSuccess()) {
            throw refused("PATCH " + url, answer);
        }
        return answer;
    }

    /// As [#post], for a thing that must come into being.
    public Answer create(String url, Map<String, ?> body) {
        var answer = post(url, body);
        if (!answer.isSuccess()) {
            throw refused("POST " + url, answer);
        }
        return answer;
    }

    /// One sentence for an answer that is no success.
    public static LaunchException refused(String what, Answer answer) {
        String detail = answer.text("detail");
        return new LaunchException(
                "%s was answered with %d%s"
                        .formatted(what, answer.status(), detail.isEmpty() ? "." : ": " + detail));
    }

    private static HttpRequest.Builder withBody(String method, String url, Map<String, ?> body) {
        var json = HttpRequest.BodyPublishers.ofString(JsonFile.text(body));
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .method(method, json);
    }

    private Answer send(HttpRequest.Builder request) {
        request.timeout(TIMEOUT).header("Accept", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var whole = request.build();
        try {
            var response = http.send(whole, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (IOException failure) {
            throw new UnansweredException(whole.uri() + " did not answer.", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new LaunchException("Interrupted.");
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }
}
