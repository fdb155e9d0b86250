package dev.drawbridge.gateway.limit;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Holds the use of a connection to what it may cost: rows, bytes, and the time of its database.
/// What a read costs is known behind it, so it may go into debt; then the next ones wait.
@Singleton
public final class Costs {
    private final LimitConfig config;
    private final Limits limits;
    private final boolean isFree;

    Costs(LimitConfig config, Limits limits) {
        this.config = config;
        this.limits = limits;
        this.isFree =
                config.rowsPerConnection().isEmpty()
                        && config.bytesPerConnection().isEmpty()
                        && config.databaseTimePerConnection().isEmpty();
    }

    /// Does something on a connection that has not cost too much yet, and charges what it cost.
    ///
    /// @param rows of what came of it
    /// @param bytes of the same
    /// @return fails with `RATE_LIMITED`, or as the work does
    public <T> Future<T> charged(
            String tenant,
            UUID connection,
            Supplier<Future<T>> work,
            ToLongFunction<T> rows,
            ToLongFunction<T> bytes) {
        if (isFree) {
            return work.get();
        }
        List<Limit> applying = of(tenant, connection);
        Future<Void> admitted = Future.succeededFuture();
        for (Limit limit : applying) {
            admitted = admitted.compose(_ -> limits.admit(limit));
        }
        return admitted.compose(_ -> {
            long began = System.nanoTime();
            return work.get()
                    .onComplete(done -> {
                        long time = Duration.ofNanos(System.nanoTime() - began).toMillis() + 1;
                        T result = done.result();
                        for (Limit limit : applying) {
                            limits.charge(
                                    limit,
                                    switch (limit.kind()) {
                                        case ROWS -> result == null ? 0 : rows.applyAsLong(result);
                                        case BYTES ->
                                                result == null ? 0 : bytes.applyAsLong(result);
                                        default -> time;
                                    });
                        }
                    });
        });
    }

    /// The limits of a connection.
    List<Limit> of(String tenant, UUID connection) {
        List<Limit> applying = new ArrayList<>(3);
        config.rowsPerConnection()
                .ifPresent(most ->
                        applying.add(limits.limit(Limit.Kind.ROWS, tenant, connection, most)));
        config.bytesPerConnection()
                .ifPresent(most ->
                        applying.add(limits.limit(Limit.Kind.BYTES, tenant, connection, most)));
        config.databaseTimePerConnection()
                .ifPresent(most ->
                        applying.add(
                                limits.limit(
                                        Limit.Kind.DATABASE_TIME,
                                        tenant,
                                        connection,
                                        most.toMillis())));
        return applying;
    }
}
