package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.route.EndpointState;
import dev.drawbridge.gateway.target.route.Endpoints;
import dev.drawbridge.gateway.target.route.LatestWrites;
import dev.drawbridge.gateway.target.route.LatestWrites.Writer;
import dev.drawbridge.gateway.target.route.ReadRetry;
import dev.drawbridge.gateway.target.route.Wish;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where the calls on one connection go, and what becomes of them when their session is lost.
final class Routing {
    static final Problem AWAY = new Problem.DatabaseUnavailable("The database cannot be reached.");

    private static final Problem HEADLESS =
            new Problem.DatabaseUnavailable(
                    "None of the database's servers takes writes at present.");

    private final Vertx vertx;
    private final UUID connection;
    private final Endpoints endpoints;
    private final LatestWrites writes;
    private final ReadRetry retry;
    private final Consumer<EndpointState> doubt;

    /// @param doubt is told of endpoints that lost a session
    Routing(
            Vertx vertx,
            UUID connection,
            Endpoints endpoints,
            LatestWrites writes,
            ReadRetry retry,
            Consumer<EndpointState> doubt) {
        this.vertx = vertx;
        this.connection = connection;
        this.endpoints = endpoints;
        this.writes = writes;
        this.retry = retry;
        this.doubt = doubt;
    }

    /// A read, wherever it should go. When its session is lost it is tried again, for as long as
    /// somebody waits.
    ///
    /// @param patience after which there is no other try
    /// @return fails with `DATABASE_UNAVAILABLE` at once when no endpoint that would do is up
    <T> Future<T> read(
            Asker asker,
            Duration patience,
            CancelSignal signal,
            Function<EndpointState, Future<T>> attempt) {
        return readOnce(asker, attempt)
                .recover(failure ->
                        isLoss(failure) && signal.reason() == null
                                ? readAgain(asker, patience, signal, attempt, failure)
                                : Future.failedFuture(failure));
    }

    private <T> Future<T> readOnce(Asker asker, Function<EndpointState, Future<T>> attempt) {
        try {
            return attempt.apply(reading(asker));
        } catch (ProblemException refused) {
            return Future.failedFuture(refused);
        }
    }

    private <T> Future<T> readAgain(
            Asker asker,
            Duration patience,
            CancelSignal signal,
            Function<EndpointState, Future<T>> attempt,
            Throwable first) {
        long began = System.nanoTime();
        return retry.again(
                vertx.getOrCreateContext(),
                first,
                () -> readOnce(asker, attempt),
                last ->
                        isLoss(last)
                                && signal.reason() == null
                                && System.nanoTime() - began < patience.toNanos());
    }

    private static boolean isLoss(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof ProblemException known
                && known.problem() instanceof Problem.DatabaseUnavailable
                && cause != null
                && TargetFailures.isLoss(cause);
    }

    private EndpointState reading(Asker asker) {
        if (endpoints.isSingle()) {
            return up(endpoints.all().getFirst());
        }
        Wish wish = asker.agentClass() == AgentClass.EDGE ? Wish.NEAR : Wish.READ;
        return up(endpoints.choose(wish.after(writes.of(writer(asker)))));
    }

    private static EndpointState up(@Nullable EndpointState chosen) {
        if (chosen == null) {
            throw HEADLESS.exception();
        }
        if (!chosen.isUp()) {
            throw AWAY.exception();
        }
        return chosen;
    }

    /// A write, which goes to the primary, once.
    ///
    /// @return fails as [#read]
    <T> Future<T> write(Asker asker, Function<EndpointState, Future<T>> attempt) {
        EndpointState primary;
        try {
            primary = up(endpoints.choose(Wish.WRITE));
        } catch (ProblemException refused) {
            return Future.failedFuture(refused);
        }
        Future<T> written = attempt.apply(primary);
        return endpoints.isSingle()
                ? written
                : written.onComplete(_ -> writes.wrote(writer(asker)));
    }

    private Writer writer(Asker asker) {
        return new Writer(connection, asker.user());
    }

    /// A call has ended at an endpoint, or a session could not be opened there.
    void landed(EndpointState at, @Nullable Throwable failure) {
        if (failure != null && TargetFailures.isLoss(failure)) {
            doubt.accept(at);
        }
    }
}
