package dev.drawbridge.gateway;

import io.vertx.core.json.JsonObject;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/// The stream of a session's messages from the server, until it is closed.
public final class McpStream implements AutoCloseable {
    private static final String DATA = "data:";

    private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<?> exchange;

    private McpStream(HttpClient http, HttpRequest request) {
        exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new Lines()));
    }

    static McpStream open(HttpClient http, HttpRequest request) {
        return new McpStream(http, request);
    }

    /// All messages so far.
    public List<JsonObject> messages() {
        return List.copyOf(messages);
    }

    /// URIs of the resources that were told to be others, in order.
    public List<String> updated() {
        return messages.stream()
                .filter(one -> "notifications/resources/updated".equals(one.getString("method")))
                .map(one -> one.getJsonObject("params").getString("uri"))
                .toList();
    }

    /// What lists were told to be others: `tools`, `prompts` or `resources`.
    public List<String> changedLists() {
        return messages.stream()
                .map(one -> one.getString("method", ""))
                .filter(method -> method.endsWith("/list_changed"))
                .map(method -> method.split("/")[1])
                .toList();
    }

    public boolean isEnded() {
        return exchange.isDone();
    }

    @Override
    public void close() {
        exchange.cancel(true);
    }

    private final class Lines implements Flow.Subscriber<String> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith(DATA)) {
                messages.add(new JsonObject(line.substring(DATA.length())));
            }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
