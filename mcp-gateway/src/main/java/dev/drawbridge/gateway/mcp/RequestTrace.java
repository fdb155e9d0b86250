package dev.drawbridge.gateway.mcp;

import dev.drawbridge.problem.ProblemDetails;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// The trace of the HTTP request in hand, for what is recorded of it: the extension runs features
/// in a context of its own, which does not have it.
@Singleton
final class RequestTrace {
    /// Behind [ToolCallRoute], whose calls keep theirs, before the extension's own route.
    private static final int ORDER = -3;

    private static final String KEY = "drawbridge.trace";

    private final CurrentVertxRequest request;

    RequestTrace(CurrentVertxRequest request) {
        this.request = request;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(RequestTrace::note);
    }

    private static void note(RoutingContext context) {
        context.put(KEY, ProblemDetails.currentTraceId());
        context.next();
    }

    /// The W3C trace id; null where there is no request.
    @Nullable String get() {
        RoutingContext context = request.getCurrent();
        return context == null ? null : context.get(KEY);
    }
}
