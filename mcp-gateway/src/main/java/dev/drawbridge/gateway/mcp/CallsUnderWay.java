package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.target.CancelSignal;

import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The calls that somebody waits for, so that a client can cancel one: by hanging up, or by
/// `notifications/cancelled` in the same session.
@Singleton
final class CallsUnderWay {
    private final Map<Key, CancelSignal> signals = new ConcurrentHashMap<>();

    /// @param id as JSON had it: `1` and `"1"` are two requests
    private record Key(String session, Object id) {}

    /// A signal for a request, until its answer has ended.
    CancelSignal begin(RoutingContext context, String session, Object id) {
        var key = new Key(session, id);
        var signal = new CancelSignal();
        signals.put(key, signal);
        context.addEndHandler(ended -> {
            signals.remove(key, signal);
            if (ended.failed()) {
                signal.cancel("The client went away.");
            }
        });
        return signal;
    }

    /// Stops a request of a session; does nothing when it has ended or never was.
    void cancel(String session, Object id) {
        CancelSignal signal = signals.get(new Key(session, id));
        if (signal != null) {
            signal.cancel("The client cancelled the call.");
        }
    }
}
