package dev.drawbridge.gateway.mcp.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// The way back to the client of one request: one JSON object, or a stream of events that ends with
/// it, once something was sent before. Used on the event loop of its request only.
public final class ReplyStream {
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String JSON = "application/json";

    private final HttpServerResponse response;
    private final boolean takesEvents;
    private boolean streaming;

    public ReplyStream(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        this.response = context.response();
        this.takesEvents = accept != null && accept.contains(EVENT_STREAM);
    }

    /// Whether the client can be sent anything before its answer.
    public boolean takesEvents() {
        return takesEvents;
    }

    /// Whether the client still waits.
    public boolean isOpen() {
        return !response.ended() && !response.closed();
    }

    /// Sends a notification.
    ///
    /// @return false when it is lost: the client does not keep up, takes no events, or went away
    public boolean notify(String method, JsonObject params) {
        if (!takesEvents || !isOpen() || response.writeQueueFull()) {
            return false;
        }
        send(
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("method", method)
                        .put("params", params)
                        .toBuffer());
        return true;
    }

    /// Sends any message before the answer, to a client that takes events.
    public void send(Buffer message) {
        if (!streaming) {
            streaming = true;
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader("X-Accel-Buffering", "no");
        }
        var _ =
                response.write(
                        Buffer.buffer(message.length() + 32)
                                .appendString("event: message\ndata: ")
                                .appendBuffer(message)
                                .appendString("\n\n"));
    }

    /// Keeps a stream that has begun from looking dead to whatever is between.
    public void keepAlive() {
        if (streaming && isOpen() && !response.writeQueueFull()) {
            var _ = response.write(":\n\n");
        }
    }

    /// Answers.
    ///
    /// @param status of HTTP, where nothing was sent before
    /// @return ends when the client has taken it, or never will
    public Future<Void> end(int status, Buffer message) {
        if (!isOpen()) {
            return Future.succeededFuture();
        }
        if (streaming) {
            send(message);
            return response.end();
        }
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(message);
    }

    /// Ends a stream without an answer.
    public void close() {
        if (isOpen()) {
            var _ = response.end();
        }
    }
}
