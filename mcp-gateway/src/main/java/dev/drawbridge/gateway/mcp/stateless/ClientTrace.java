package dev.drawbridge.gateway.mcp.stateless;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;

/// Puts a request into the trace that its client says it belongs to: what is told of it, in a
/// problem, a log line or a record, can then be found from there.
final class ClientTrace {
    private ClientTrace() {}

    @SuppressWarnings("MustBeClosedChecker") // It ends with the request's own context.
    static void follow(RequestMeta meta) {
        SpanContext parent = meta.parent();
        if (parent != null) {
            var _ = Context.current().with(Span.wrap(parent)).makeCurrent();
        }
    }
}
