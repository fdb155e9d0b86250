package dev.drawbridge.sql;

import com.github.f4b6a3.uuid.UuidCreator;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// Runs SQL on the service's own schema and waits for it, which on a virtual thread costs nothing.
/// Parameters are `$1`, `$2`, …
///
/// Failures are [dev.drawbridge.problem.ProblemException]s, by SQLSTATE ([SqlProblems]).
@Singleton
public final class Db {
    private final Pool pool;
    private final ScopedValue<Open> transaction = ScopedValue.newInstance();

    private record Open(SqlConnection connection, List<Runnable> last) {}

    /// @param pool of the service's own schema; closing it stays the giver's business
    public Db(Pool pool) {
        this.pool = pool;
    }

    /// A new primary key: UUIDv7 (RFC 9562 section 5.7), so that ids sort by time.
    public static UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /// All rows, mapped.
    public <T> List<T> list(Function<Row, T> mapper, String sql, @Nullable Object... arguments) {
        List<T> found = new ArrayList<>();
        for (Row row : execute(sql, arguments)) {
            found.add(mapper.apply(row));
        }
        return found;
    }

    /// The first row, mapped; empty when there is none.
    public <T> Optional<T> one(Function<Row, T> mapper, String sql, @Nullable Object... arguments) {
        var rows = execute(sql, arguments).iterator();
        return rows.hasNext() ? Optional.of(mapper.apply(rows.next())) : Optional.empty();
    }

    /// How many rows the statement changed.
    public int update(String sql, @Nullable Object... arguments) {
        return execute(sql, arguments).rowCount();
    }

    /// Runs `work` in one transaction: every call on this [Db] inside it is part of it, another
    /// `transaction` included. Any failure rolls back.
    public <T> T transaction(java.util.function.Supplier<T> work) {
        if (transaction.isBound()) {
            return work.get();
        }
        SqlConnection connection = await(pool.getConnection());
        try {
            Transaction open = await(connection.begin());
            T result;
            try {
                var scope = new Open(connection, new ArrayList<>());
                result = ScopedValue.where(transaction, scope).call(() -> whole(work, scope));
            } catch (RuntimeException failure) {
                await(open.rollback());
                throw failure;
            }
            await(open.commit());
            return result;
        } finally {
            await(connection.close());
        }
    }

    /// Runs `work` as the last of the transaction in hand, behind all that it does otherwise, so
    /// that a lock which many want is held for no longer than the commit. Where there is none, in
    /// one of its own, at once. When it fails, nothing of the transaction has happened.
    public void last(Runnable work) {
        if (transaction.isBound()) {
            transaction.get().last().add(work);
        } else {
            transaction(() -> {
                work.run();
                return true;
            });
        }
    }

    /// Whether a transaction is in hand, which may still be undone.
    public boolean isInTransaction() {
        return transaction.isBound();
    }

    private static <T> T whole(java.util.function.Supplier<T> work, Open scope) {
        T result = work.get();
        // By index: what runs last may add more.
        for (int i = 0; i < scope.last().size(); i++) {
            scope.last().get(i).run();
        }
        return result;
    }

    private RowSet<Row> execute(String sql, @Nullable Object... arguments) {
        SqlClient client = transaction.isBound() ? transaction.get().connection() : pool;
        return await(client.preparedQuery(sql).execute(Tuple.wrap(arguments)));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw SqlProblems.of(failure.getCause() == null ? failure : failure.getCause())
                    .exception(failure);
        }
    }
}
