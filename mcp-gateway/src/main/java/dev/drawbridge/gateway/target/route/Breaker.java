package dev.drawbridge.gateway.target.route;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.Future;

import jakarta.enterprise.util.TypeLiteral;

import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Whether an endpoint is given up for now: after so many attempts in a row that failed, until one
/// succeeds. Attempts are openings of sessions and the probes between them, never calls: those only
/// look.
public final class Breaker {
    private static final TypeLiteral<CompletionStage<Object>> ANY = new TypeLiteral<>() {};

    private final Guard guard;
    private volatile boolean closed = true;

    /// @param isOutage which failures count; with any other the endpoint has answered
    /// @param changed hears that it is given up, and that it no longer is
    public Breaker(
            String name, RouteConfig config, Predicate<Throwable> isOutage, Runnable changed) {
        this.guard =
                Guard.create()
                        .withDescription(name)
                        .withCircuitBreaker()
                        .requestVolumeThreshold(config.failures())
                        .failureRatio(1)
                        .when(isOutage)
                        .delay(config.watchEvery().toMillis() / 2, ChronoUnit.MILLIS)
                        .onStateChange(state -> turned(state, changed))
                        .done()
                        .build();
    }

    /// Whether the endpoint may be expected to serve.
    public boolean isClosed() {
        return closed;
    }

    /// Makes an attempt, which counts. While the endpoint is given up only one at a time is made;
    /// others fail with a
    /// [org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException].
    ///
    /// @param action must end, in success or failure
    public <T> Future<T> attempt(Supplier<Future<T>> action) {
        CompletionStage<Object> outcome =
                guard.get(() -> action.get().map(value -> (Object) value).toCompletionStage(), ANY);
        @SuppressWarnings("unchecked") // What comes out is what the action gave.
        Future<T> future = Future.fromCompletionStage((CompletionStage<T>) outcome);
        return future;
    }

    private void turned(CircuitBreakerState state, Runnable changed) {
        boolean now = state == CircuitBreakerState.CLOSED;
        if (now != closed) {
            closed = now;
            changed.run();
        }
    }
}
