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

/// What may be sent of what agents write, remembered by the text: agents repeat themselves, and a
/// parse costs more than a look-up.
@Singleton
public final class SqlGuard {
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
        return sql.length() <= LONG ? result(judge(sql)) : judgeAside(sql);
    }

    private Future<ReadOnlySql> judgeAside(String sql) {
        Context context = vertx.getOrCreateContext();
        Promise<Verdict> judged = Promise.promise();
        try {
            aside.execute(() -> {
                try {
                    Verdict verdict = judge(sql);
                    context.runOnContext(_ -> judged.complete(verdict));
                } catch (RuntimeException | Error failure) {
                    context.runOnContext(_ -> judged.fail(failure));
                }
            });
        } catch (RejectedExecutionException full) {
            return Future.failedFuture(
                    new Problem.Overloaded(Duration.ofSeconds(1)).exception(full));
        }
        return judged.future().compose(SqlGuard::result);
    }

    private Verdict judge(String sql) {
        Verdict verdict;
        try {
            verdict = new Verdict.Accepted(ReadOnlySql.parse(sql));
        } catch (ProblemException rejected) {
            verdict = new Verdict.Rejected(rejected.problem());
        }
        if (sql.length() <= ReadOnlySql.LONGEST) {
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
