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

/// Failures in a row and locks, by the digest of an account.
@Singleton
final class LockoutRepository {
    private final Db db;
    private final Duration forgotten;

    LockoutRepository(Db db, AttemptConfig config) {
        this.db = db;
        this.forgotten = config.lockoutForgotten();
    }

    /// Until when the account is locked; empty when it is not.
    Optional<Instant> lockedUntil(String subject, Instant now) {
        return db.one(
                row -> row.getOffsetDateTime("locked_until").toInstant(),
                """
                select locked_until
                  from auth.lockout
                 where subject = $1 and locked_until > $2
                """,
                subject,
                time(now));
    }

    /// Counts one more failure and returns how many in a row that makes; empty when the account is
    /// locked. Until this transaction ends nobody else counts for the account.
    Optional<Integer> countFailure(String subject, Instant now) {
        return db.one(
                row -> row.getInteger("failures"),
                """
                insert into auth.lockout as l (subject, failures, failed_at)
                values ($1, 1, $2)
                    on conflict (subject) do update
                   set failures = case when l.failed_at < $3 then 1 else l.failures + 1 end,
                       failed_at = $2,
                       locked_until = null
                 where l.locked_until is null or l.locked_until <= $2
                returning failures
                """,
                subject,
                time(now),
                time(now.minus(forgotten)));
    }

    void lock(String subject, Instant until) {
        db.update(
                "update auth.lockout set locked_until = $2 where subject = $1",
                subject,
                time(until));
    }

    void forget(String subject) {
        db.update("delete from auth.lockout where subject = $1", subject);
    }

    @Scheduled(every = "1h", delayed = "5m")
    @RunOnVirtualThread
    void removeForgotten() {
        Instant now = Instant.now();
        db.update(
                """
                delete from auth.lockout
                 where failed_at < $1 and (locked_until is null or locked_until < $2)
                """,
                time(now.minus(forgotten)),
                time(now));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
