package dev.drawbridge.gateway.sqlguard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What may be sent of what agents write, remembered by the text: agents repeat themselves, and a
/// parse costs more than a look-up.
@Singleton
public final class SqlGuard {
    /// What is said at the end to an agent that writes where only reading is.
    public static final String TO_WRITE = " To write, ask for execute_sql.";

    private static final int MOST_CHARACTERS = 8_000_000;

    /// In characters. A longer text would hold up what else is on its event loop; one of this
    /// length takes 5 ms when it is the worst there is, a list of numbers or calls.
    private static final int LONG = 1_024;

    private static final int MOST_WAITING = 64;

    private final Cache<String, Verdict> known =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_CHARACTERS)
                    .weigher((String sql, Verdict _) -> 256 + 2 * sql.length())
                    .build();

    private final ThreadPoolExecutor aside =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofPlatform().name("sql-guard").daemon().factory());

    private final Vertx vertx;

    SqlGuard(Vertx vertx) {
        this.vertx = vertx;
    }

    private sealed interface Verdict {
        record Accepted(ReadOnlySql sql) implements Verdict {}

        record Rejected(Problem problem) implements Verdict {}
    }

    /// Reads what an agent wrote.
    ///
    /// @return fails with `QUERY_REJECTED` for what does more than read, with the reason and the
    ///   place; `OVERLOADED` when too many long texts wait
    public Future<ReadOnlySql> read(String sql) {
        Verdict verdict = known.getIfPresent(sql);
        if (verdict != null) {
            return result(verdict);
        }
        return sql.length() <= LONG
                ? result(judge(sql))
                : aside(() -> judge(sql)).compose(SqlGuard::result);
    }

    /// Reads what an agent wrote to change something. Not remembered: what is written once is not
    /// written again.
    ///
    /// @param mode how far it may go
    /// @return fails with `QUERY_REJECTED` for what does more, or less, with the reason and the
    ///   place; `OVERLOADED` when too many long texts wait
    public Future<WriteSql> write(String sql, WriteMode mode) {
        if (sql.length() > LONG) {
            return aside(() -> WriteSql.parse(sql, mode));
        }
        try {
            return Future.succeededFuture(WriteSql.parse(sql, mode));
        } catch (ProblemException rejected) {
            return Future.failedFuture(rejected);
        }
    }

    private <T> Future<T> aside(Supplier<T> judge) {
        Context context = vertx.getOrCreateContext();
        Promise<T> judged = Promise.promise();
        try {
            aside.execute(() -> {
                try {
                    T verdict = judge.get();
                    context.runOnContext(_ -> judged.complete(verdict));
                } catch (RuntimeException | Error failure) {
                    context.runOnContext(_ -> judged.fail(failure));
                }
            });
        } catch (RejectedExecutionException full) {
            return Future.failedFuture(
                    new Problem.Overloaded(Duration.ofSeconds(1)).exception(full));
        }
        return judged.future();
    }

    private Verdict judge(String sql) {
        Verdict verdict;
        try {
            verdict = new Verdict.Accepted(ReadOnlySql.parse(sql));
        } catch (ProblemException rejected) {
            verdict = new Verdict.Rejected(rejected.problem());
        }
        if (sql.length() <= OneStatement.LONGEST) {
            known.put(sql, verdict);
        }
        return verdict;
    }

    private static Future<ReadOnlySql> result(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> Future.succeededFuture(accepted.sql());
            case Verdict.Rejected rejected -> Future.failedFuture(rejected.problem().exception());
        };
    }

    @PreDestroy
    void stop() {
        aside.shutdownNow();
    }
}
