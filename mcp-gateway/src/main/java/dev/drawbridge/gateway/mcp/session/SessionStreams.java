package dev.drawbridge.gateway.mcp.session;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The streams that clients hold open (GET) at this replica. A proxy cuts what is silent for a
/// minute, and a stream whose session has ended would be silent for ever.
@Singleton
final class SessionStreams {
    private static final long BEAT_MS = 20_000;

    private final Vertx vertx;
    private final Map<SessionKey, Set<HttpServerResponse>> open = new ConcurrentHashMap<>();

    SessionStreams(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Follows a stream that is about to open until it ends.
    ///
    /// @param alive what to do as long as it is open, now and then
    void follow(SessionKey session, RoutingContext context, Runnable alive) {
        HttpServerResponse response = context.response();
        open.compute(
                session,
                (_, known) -> {
                    Set<HttpServerResponse> streams =
                            known == null ? ConcurrentHashMap.newKeySet() : known;
                    streams.add(response);
                    return streams;
                });
        long beat =
                vertx.setPeriodic(
                        BEAT_MS,
                        _ -> {
                            if (response.headWritten() && !response.ended()) {
                                alive.run();
                                response.write(":\n\n");
                            }
                        });
        context.addEndHandler(_ -> {
            vertx.cancelTimer(beat);
            forget(session, response);
        });
    }

    /// Clients learn that they have to come back, to another replica.
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        List.copyOf(open.keySet()).forEach(this::end);
    }

    /// Ends all of a session.
    void end(SessionKey session) {
        Set<HttpServerResponse> streams = open.remove(session);
        if (streams != null) {
            streams.stream()
                    .filter(stream -> stream.headWritten() && !stream.ended())
                    .forEach(HttpServerResponse::end);
        }
    }

    private void forget(SessionKey session, HttpServerResponse response) {
        open.computeIfPresent(
                session,
                (_, streams) -> {
                    streams.remove(response);
                    return streams.isEmpty() ? null : streams;
                });
    }
}
