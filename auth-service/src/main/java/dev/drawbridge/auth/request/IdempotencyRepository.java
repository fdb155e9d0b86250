package dev.drawbridge.auth.request;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.Resealable;
import dev.drawbridge.sql.SealedColumns;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// What creations answered, by caller and key.
@Singleton
final class IdempotencyRepository {
    private final Db db;

    IdempotencyRepository(Db db) {
        this.db = db;
    }

    /// The digests of requests, which [Creations] seals for their callers and keys.
    @Produces
    @Singleton
    Resealable sealed(SealedColumns columns) {
        return columns.of("auth.idempotency", "request", "'idempotency:' || user_id || ':' || key");
    }

    record Claim(Caller caller, String key) {}

    record First(
            String request,
            @Nullable String location,
            @Nullable String etag,
            @Nullable String answer) {}

    /// Whether this transaction is the first with the key; a later one waits until the first ends.
    boolean claim(Claim claim, String sealedRequest) {
        return db.update(
                        """
                        insert into auth.idempotency as i
                               (tenant_id, user_id, key, request, expires_at)
                        values ($1, $2, $3, $4, now() + interval '1 day')
                            on conflict (tenant_id, user_id, key) do update
                           set request = excluded.request,
                               location = null,
                               etag = null,
                               answer = null,
                               expires_at = excluded.expires_at
                         where i.expires_at < now()
                        """,
                        claim.caller().tenant(),
                        claim.caller().id(),
                        claim.key(),
                        sealedRequest)
                == 1;
    }

    First get(Claim claim) {
        return db.one(
                        row ->
                                new First(
                                        row.getString("request"),
                                        row.getString("location"),
                                        row.getString("etag"),
                                        row.getString("answer")),
                        """
                        select request, location, etag, answer
                          from auth.idempotency
                         where tenant_id = $1 and user_id = $2 and key = $3
                        """,
                        claim.caller().tenant(),
                        claim.caller().id(),
                        claim.key())
                .orElseThrow(() ->
                        new Problem.Conflict("The first request did not finish. Retry.")
                                .exception());
    }

    void remember(Claim claim, String location, @Nullable String etag, String answer) {
        db.update(
                """
                update auth.idempotency
                   set location = $4, etag = $5, answer = $6
                 where tenant_id = $1 and user_id = $2 and key = $3
                """,
                claim.caller().tenant(),
                claim.caller().id(),
                claim.key(),
                location,
                etag,
                answer);
    }

    @Scheduled(every = "1h", delayed = "5m")
    @RunOnVirtualThread
    void removeExpired() {
        db.update("delete from auth.idempotency where expires_at < now()");
    }
}
