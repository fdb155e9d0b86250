package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The calls that somebody waits for, so that a client can cancel one (by hanging up, or by
/// `notifications/cancelled` in the same session), and so that answers that clients are slow to
/// take do not fill the memory.
@Singleton
final class CallsUnderWay {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Map<Key, CancelSignal> signals = new ConcurrentHashMap<>();
    private final AnswerRoom room;

    CallsUnderWay(AnswerRoom room) {
        this.room = room;
    }

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

    /// The answer, if there is room for it until its client has taken it; else that there is none.
    ///
    /// @param gone ends when the client has taken it, or never will
    ToolAnswer keep(ToolAnswer answer, Future<Void> gone) {
        AnswerRoom.Share share = room.share();
        gone.onComplete(_ -> share.close());
        return share.take(answer.size())
                ? answer
                : ToolAnswer.failed(new Problem.Overloaded(RETRY));
    }

    /// Stops a request of a session; does nothing when it has ended or never was.
    void cancel(String session, Object id) {
        CancelSignal signal = signals.get(new Key(session, id));
        if (signal != null) {
            signal.cancel("The client cancelled the call.");
        }
    }
}
