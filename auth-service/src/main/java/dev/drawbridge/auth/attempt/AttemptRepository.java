package dev.drawbridge.auth.attempt;

import dev.drawbridge.sql.Db;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Buckets of attempts, each a timestamp: when it will be full again.
@Singleton
final class AttemptRepository {
    private final Db db;

    AttemptRepository(Db db) {
        this.db = db;
    }

    /// Takes one from the bucket. Empty when it was taken; else how long until there is one.
    ///
    /// The generic cell rate algorithm (ITU-T I.371 annex A, virtual scheduling) as one statement:
    /// whoever takes next waits for this row.
    Optional<Duration> take(String bucket, Rate rate, Instant now) {
        int taken =
                db.update(
                        """
                        insert into auth.attempt_limit as l (bucket, full_at)
                        values ($1, $2::timestamptz + $3::bigint * interval '1 us')
                            on conflict (bucket) do update
                           set full_at = greatest(l.full_at, $2) + $3 * interval '1 us'
                         where greatest(l.full_at, $2) + $3 * interval '1 us'
                               <= $2 + $4::bigint * interval '1 us'
                        """,
                        bucket,
                        time(now),
                        micros(rate.interval()),
                        micros(rate.within()));
        return taken == 1 ? Optional.empty() : Optional.of(wait(bucket, rate, now));
    }

    /// Puts one back that was taken.
    void giveBack(String bucket, Rate rate) {
        db.update(
                """
                update auth.attempt_limit
                   set full_at = full_at - $2::bigint * interval '1 us'
                 where bucket = $1
                """,
                bucket,
                micros(rate.interval()));
    }

    private Duration wait(String bucket, Rate rate, Instant now) {
        return db.one(
                        row -> row.getOffsetDateTime("full_at").toInstant(),
                        "select full_at from auth.attempt_limit where bucket = $1",
                        bucket)
                .map(full -> Duration.between(now, full.plus(rate.interval()).minus(rate.within())))
                .filter(Duration::isPositive)
                .orElse(rate.interval());
    }

    @Scheduled(every = "10m", delayed = "5m")
    @RunOnVirtualThread
    void removeFull() {
        db.update("delete from auth.attempt_limit where full_at < now()");
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
