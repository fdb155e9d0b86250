package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.mcp.session.SessionKey;
import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
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
    private static final String CANCELLED = "call-cancelled";
    private static final int LONGEST_ID = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Map<Key, CancelSignal> signals = new ConcurrentHashMap<>();
    private final AnswerRoom room;
    private final ReplicaBus replicas;

    CallsUnderWay(AnswerRoom room, ReplicaBus replicas) {
        this.room = room;
        this.replicas = replicas;
        replicas.hear(CANCELLED, this::hear);
    }

    /// @param id as JSON had it: `1` and `"1"` are two requests
    private record Key(SessionKey session, Object id) {}

    /// A signal for a request, until its answer has ended.
    CancelSignal begin(RoutingContext context, SessionKey session, Object id) {
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

    /// Stops a request of a session, wherever it runs; does nothing when it has ended or never was.
    ///
    /// @return whether it ran here
    boolean cancel(SessionKey session, Object id) {
        boolean here = cancelHere(new Key(session, id));
        if (!here && id.toString().length() <= LONGEST_ID) {
            replicas.publish(
                    CANCELLED,
                    new JsonObject()
                            .put("tenant", session.tenant())
                            .put("session", session.digest())
                            .put("id", id));
        }
        return here;
    }

    private void hear(JsonObject message) {
        var session = new SessionKey(message.getString("tenant"), message.getString("session"));
        cancelHere(new Key(session, message.getValue("id")));
    }

    private boolean cancelHere(Key key) {
        CancelSignal signal = signals.get(key);
        if (signal != null) {
            signal.cancel("The client cancelled the call.");
        }
        return signal != null;
    }
}
