package dev.drawbridge.auth.external;

import dev.drawbridge.sql.Db;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;

/// Logouts that providers announced, remembered for as long as a bearer token may be old.
@Singleton
public final class ExternalLogoutRepository {
    private final Db db;

    ExternalLogoutRepository(Db db) {
        this.db = db;
    }

    /// A logout token that was found good. One of `subject` and `sid` is there.
    public record Logout(
            String issuer,
            String jti,
            @Nullable String subject,
            @Nullable String sid,
            Instant issuedAt) {}

    /// Whether the token is one that was not seen before.
    public boolean remember(Logout logout) {
        return db.update(
                        """
                        insert into auth.external_logout
                               (issuer, jti, subject, sid, logged_out_at, expires_at)
                        values ($1, $2, $3, $4, $5, $5::timestamptz + interval '25 hours')
                        on conflict do nothing
                        """,
                        logout.issuer(),
                        logout.jti(),
                        logout.subject(),
                        logout.sid(),
                        logout.issuedAt().atOffset(ZoneOffset.UTC))
                == 1;
    }

    /// Whether what a token of this session, or of this person and age, stood for was ended. A
    /// logout that names a session ends that one only.
    boolean isLoggedOut(ExternalPerson person) {
        return db.one(
                        _ -> true,
                        """
                        select 1
                          from auth.external_logout
                         where issuer = $1
                           and ((sid is not null and sid = $2)
                                or (sid is null and subject = $3 and logged_out_at >= $4))
                         limit 1
                        """,
                        person.issuer(),
                        person.sid(),
                        person.subject(),
                        person.issuedAt().atOffset(ZoneOffset.UTC))
                .isPresent();
    }

    @Scheduled(every = "1h", delayed = "7m")
    @RunOnVirtualThread
    void removeExpired() {
        db.update("delete from auth.external_logout where expires_at < now()");
    }
}
