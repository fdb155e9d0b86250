package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.gateway.client.LogLevel;
import dev.drawbridge.sql.Aside;

import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.runtime.McpConnectionBase;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// What a client says about its session holds at every replica: it is noted in the datastore and
/// told to the others before the extension does it here.
@Singleton
final class SessionMessages {
    /// The last before the extension's own route.
    private static final int ORDER = -1;

    private final SessionRepository repository;
    private final SessionNews news;
    private final ExtensionConnections connections;
    private final Aside aside;

    SessionMessages(
            SessionRepository repository,
            SessionNews news,
            ExtensionConnections connections,
            Aside aside) {
        this.repository = repository;
        this.news = news;
        this.connections = connections;
        this.aside = aside;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        String id = context.request().getHeader(McpSessions.HEADER);
        SessionKey key = SessionKey.of(context);
        JsonObject message = JsonRpcBody.message(context.body().buffer());
        if (id == null || key == null || message == null) {
            context.next();
            return;
        }
        JsonObject params =
                message.getValue("params") instanceof JsonObject given ? given : new JsonObject();
        switch (message.getValue("method") instanceof String method ? method : "") {
            case "notifications/initialized" -> initialized(context, id);
            case "logging/setLevel" -> level(context, key, params.getValue("level"));
            default -> {
                begun(id);
                context.next();
            }
        }
    }

    /// Who goes on has begun, even if it said so to another replica.
    private void begun(String id) {
        McpConnectionBase connection = connections.find(id);
        if (connection != null) {
            connection.setInitialized();
        }
    }

    /// The extension takes this once. Here it may have begun already, as it did elsewhere.
    private void initialized(RoutingContext context, String id) {
        McpConnectionBase connection = connections.find(id);
        if (connection != null && connection.status() == McpConnection.Status.IN_OPERATION) {
            context.response().setStatusCode(202).end();
        } else {
            context.next();
        }
    }

    private void level(RoutingContext context, SessionKey key, @Nullable Object level) {
        if (!(level instanceof String text) || LogLevel.of(text).isEmpty()) {
            context.next(); // The extension says what is wrong.
            return;
        }
        goOn(
                context,
                () -> {
                    repository.level(key, text);
                    news.tellLevel(key, text);
                    return true;
                });
    }

    private void goOn(RoutingContext context, Supplier<Boolean> noted) {
        Future<Boolean> done = aside.run(noted);
        done.onSuccess(_ -> context.next())
                .onFailure(failure -> JsonRpcBody.failed(context, failure));
    }
}
