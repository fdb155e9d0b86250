package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.gateway.client.LogLevel;
import dev.drawbridge.sql.Aside;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// What a client says about its session holds at every replica: it is noted in the datastore and
/// told to the others before the extension does it here.
@Singleton
final class SessionMessages {
    /// The last before the extension's own route.
    private static final int ORDER = -1;

    private final SessionRepository repository;
    private final SessionNews news;
    private final Aside aside;

    SessionMessages(SessionRepository repository, SessionNews news, Aside aside) {
        this.repository = repository;
        this.news = news;
        this.aside = aside;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        SessionKey key = SessionKey.of(context);
        JsonObject message = JsonRpcBody.message(context.body().buffer());
        if (key == null || message == null) {
            context.next();
            return;
        }
        switch (message.getValue("method") instanceof String method ? method : "") {
            case "notifications/initialized" -> initialized(context);
            case "logging/setLevel" -> level(context, key, message.getValue("params"));
            default -> context.next();
        }
    }

    /// The extension takes this once, of a session that has not begun. Here it has, as every one
    /// that is named.
    private static void initialized(RoutingContext context) {
        context.response().setStatusCode(202).end();
    }

    private void level(RoutingContext context, SessionKey key, @Nullable Object params) {
        if (!(params instanceof JsonObject given)
                || !(given.getValue("level") instanceof String text)
                || LogLevel.of(text).isEmpty()) {
            context.next(); // The extension says what is wrong.
            return;
        }
        aside.run(
                        () -> {
                            repository.level(key, text);
                            return text;
                        })
                .onSuccess(noted -> {
                    news.tellLevel(key, noted);
                    context.next();
                })
                .onFailure(failure -> JsonRpcBody.failed(context, failure));
    }
}
