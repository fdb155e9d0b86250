package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.target.CancelSignal;

import io.quarkiverse.mcp.server.Cancellation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

/// Knows whether a client still waits. The extension tells nobody that a client hung up, and
/// answers only when asked that it sent `notifications/cancelled`; so we listen to the one and ask
/// for the other.
@Singleton
final class Waiting {
    private static final long ASK_EVERY_MS = 250;

    private final Vertx vertx;
    private final CurrentVertxRequest request;

    Waiting(Vertx vertx, CurrentVertxRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /// Ends with the request in hand.
    Future<Void> ended() {
        Promise<Void> ended = Promise.promise();
        RoutingContext context = request.getCurrent();
        if (context == null) {
            ended.complete();
        } else {
            context.addEndHandler(ended);
        }
        return ended.future();
    }

    /// A signal for the call in hand.
    CancelSignal signal(Cancellation cancellation) {
        var signal = new CancelSignal();
        RoutingContext context = request.getCurrent();
        if (context != null) {
            long asking =
                    vertx.setPeriodic(
                            ASK_EVERY_MS,
                            _ -> {
                                if (cancellation.check().isRequested()) {
                                    signal.cancel("The client cancelled the call.");
                                }
                            });
            context.addEndHandler(ended -> {
                vertx.cancelTimer(asking);
                if (ended.failed()) {
                    signal.cancel("The client went away.");
                }
            });
        }
        return signal;
    }
}
