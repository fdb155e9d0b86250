package dev.drawbridge.gateway.drain;

import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.time.Duration;

/// Refuses what is new while the gateway ends, and says to come back on a new connection, which
/// leads to another gateway. What calls under way wait for is let through: an answer to their
/// question, a cancellation.
@Singleton
final class Admission {
    /// Behind the check of Host and Origin and the other name of the endpoint (5,000), which begins
    /// a request anew; before authentication (200).
    private static final int EARLY = 4_000;

    /// Behind the check of the body's shape (-7), before every road.
    private static final int ORDER = -6;

    private static final int INTERNAL_ERROR = -32_603;
    private static final Problem STOPPING = new Problem.Stopping(Duration.ofSeconds(1));

    private final Drain drain;
    private final Handler<AsyncResult<Void>> ended;

    Admission(Drain drain) {
        this.drain = drain;
        this.ended = _ -> drain.ended();
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, EARLY);
    }

    void register(@Observes Router router) {
        router.post("/mcp*").order(ORDER).handler(this::admitMessage);
    }

    private void admit(RoutingContext context) {
        boolean isMessage =
                HttpMethod.POST.equals(context.request().method())
                        && context.normalizedPath().startsWith("/mcp");
        if (!drain.isDraining()) {
            drain.began();
            context.addEndHandler(ended);
            context.next();
        } else if (isMessage) {
            context.next();
        } else {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            Answers.problem(context, STOPPING);
        }
    }

    private void admitMessage(RoutingContext context) {
        if (drain.isDraining()) {
            Asked asked = Asked.of(context.body().buffer());
            if (asked.isRequest()) {
                refuse(context, asked);
                return;
            }
        }
        context.next();
    }

    private static void refuse(RoutingContext context, Asked asked) {
        context.response()
                .putHeader(HttpHeaders.CONNECTION, "close")
                .putHeader(HttpHeaders.RETRY_AFTER, "1")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .setStatusCode(STOPPING.httpStatus())
                .end(
                        new JsonObject()
                                .put("jsonrpc", "2.0")
                                .put("id", asked.id())
                                .put(
                                        "error",
                                        new JsonObject()
                                                .put("code", INTERNAL_ERROR)
                                                .put(
                                                        "message",
                                                        STOPPING.code() + ": " + STOPPING.detail()))
                                .toBuffer());
    }
}
