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
    private final ScopedValue<SqlConnection> transaction = ScopedValue.newInstance();

    Db(Pool pool) {
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
                result = ScopedValue.where(transaction, connection).call(work::get);
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

    private RowSet<Row> execute(String sql, @Nullable Object... arguments) {
        SqlClient client = transaction.isBound() ? transaction.get() : pool;
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
