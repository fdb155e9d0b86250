package dev.drawbridge.gateway.target.route;

import io.smallrye.faulttolerance.api.Guard;
import io.vertx.core.Context;
import io.vertx.core.Future;

import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Tries reads again whose session was lost: nothing of them has gone out, and nothing was changed.
/// Only what has failed once comes here, so that it costs other calls nothing.
@Singleton
public final class ReadRetry {
    private static final TypeLiteral<CompletionStage<Object>> ANY = new TypeLiteral<>() {};
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /// Tries nothing again.
    public static final ReadRetry NEVER = new ReadRetry();

    private final @Nullable Guard guard;

    private ReadRetry() {
        this.guard = null;
    }

    /// One for each process.
    @Inject
    public ReadRetry(RouteConfig config) {
        long pause = config.firstPause().toMillis();
        this.guard =
                Guard.create()
                        .withDescription("reads")
                        .withRetry()
                        .maxRetries(config.tries() - 1)
                        .delay(pause, ChronoUnit.MILLIS)
                        .jitter(pause / 2, ChronoUnit.MILLIS)
                        .whenException(Again.class::isInstance)
                        .withExponentialBackoff()
                        .maxDelay(LONGEST_PAUSE.toMillis(), ChronoUnit.MILLIS)
                        .done()
                        .done()
                        .build();
    }

    /// Goes on with a read whose first try has failed.
    ///
    /// @param context on which the outcome is told
    /// @param first what the first try failed with
    /// @param attempt another try
    /// @param mayTry whether after that failure there may be another
    public <T> Future<T> again(
            Context context,
            Throwable first,
            Supplier<Future<T>> attempt,
            Predicate<Throwable> mayTry) {
        if (guard == null) {
            return Future.failedFuture(first);
        }
        var known = new AtomicReference<@Nullable Throwable>(first);
        CompletionStage<Object> outcome =
                guard.get(
                        () -> {
                            Throwable before = known.getAndSet(null);
                            Future<T> tried =
                                    before == null ? attempt.get() : Future.failedFuture(before);
                            return tried.map(value -> (Object) value)
                                    .recover(failure -> failed(failure, mayTry))
                                    .toCompletionStage();
                        },
                        ANY);
        @SuppressWarnings("unchecked") // What comes out is what an attempt gave.
        Future<T> told = Future.fromCompletionStage((CompletionStage<T>) outcome, context);
        return told.recover(failure -> Future.failedFuture(cause(failure)));
    }

    private static Future<Object> failed(Throwable failure, Predicate<Throwable> mayTry) {
        return Future.failedFuture(mayTry.test(failure) ? new Again(failure) : failure);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof Again again ? again.failure : failure;
    }

    /// What has failed, and may be tried again.
    private static final class Again extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Throwable failure;

        Again(Throwable failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
