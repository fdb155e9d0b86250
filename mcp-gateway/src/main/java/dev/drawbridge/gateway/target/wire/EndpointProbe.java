package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.route.EndpointState;
import dev.drawbridge.gateway.target.route.RouteConfig;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Asks one endpoint whether it is there: the beginning of a session, up to where the server asks
/// for a password. It costs the server a process for a moment, and needs no place among sessions.
final class EndpointProbe {
    /// Between two questions, when the first has not been answered yet.
    private static final long BETWEEN_MS = 50;

    /// So many round trips it takes to be asked for a password over TLS, and one to spare.
    private static final int TRIPS = 6;

    private final Vertx vertx;
    private final RouteConfig config;
    private final EndpointState state;
    private final SessionOpener opener;
    private final AtomicBoolean doubting = new AtomicBoolean();
    private volatile boolean silent;

    EndpointProbe(Vertx vertx, RouteConfig config, EndpointState state, SessionOpener opener) {
        this.vertx = vertx;
        this.config = config;
        this.state = state;
        this.opener = opener;
    }

    EndpointState state() {
        return state;
    }

    /// Whether it said nothing when it was last asked in vain, instead of refusing.
    boolean isSilent() {
        return silent;
    }

    /// Asks once. The outcome counts for the breaker.
    Future<Void> ask() {
        return state.breaker().attempt(this::knock);
    }

    private Future<Void> knock() {
        return opener.pinned()
                .compose(options ->
                        Handshake.demand(
                                vertx, (PgConnectOptions) options, patience(), state::measured))
                .<Void>mapEmpty()
                .onFailure(this::failed);
    }

    private void failed(Throwable failure) {
        silent = failure instanceof TimeoutException;
        state.failed(silent ? "It gives no answer." : String.valueOf(failure.getMessage()));
    }

    private Duration patience() {
        Duration way = state.roundTrip();
        Duration least = config.probeTimeout();
        Duration far = way == null ? least : way.multipliedBy(TRIPS);
        return far.compareTo(least) > 0 ? far : least;
    }

    /// Asks until it has answered, or is given up.
    void doubt() {
        if (state.isUp() && doubting.compareAndSet(false, true)) {
            ask(config.failures());
        }
    }

    private void ask(int left) {
        Future<Void> answer = ask();
        if (left == 1) {
            answer.onComplete(_ -> doubting.set(false));
            return;
        }
        vertx.setTimer(
                BETWEEN_MS,
                _ -> {
                    if (answer.succeeded() || !state.isUp()) {
                        doubting.set(false);
                    } else {
                        ask(left - 1);
                    }
                });
    }

    void close() {
        opener.close();
    }
}
