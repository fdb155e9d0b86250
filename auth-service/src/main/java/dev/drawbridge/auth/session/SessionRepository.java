package dev.drawbridge.auth.session;

import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.sql.Db;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;

import jakarta.inject.Singleton;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/// Sessions, of which only the SHA-256 is stored.
@Singleton
public final class SessionRepository {
    private final Db db;

    SessionRepository(Db db) {
        this.db = db;
    }

    /// A session about to begin.
    ///
    /// @param passwordHash the hash that the login was checked against
    /// @param secondFactor whether a second factor was shown
    public record Opening(
            String tenant,
            UUID id,
            UUID user,
            OpaqueCredential secret,
            String passwordHash,
            Instant expiresAt,
            boolean secondFactor) {}

    /// Begins a session, unless the user was disabled or given another password while the login was
    /// being checked.
    public boolean open(Opening session) {
        return db.update(
                        """
                        insert into auth.session
                               (tenant_id, id, user_id, sha256, expires_at, second_factor)
                        select u.tenant_id, $2, u.id, $4, $6, $7
                          from auth.users u
                         where u.tenant_id = $1
                           and u.id = $3
                           and u.enabled
                           and u.password_hash = $5
                           for share
                        """,
                        session.tenant(),
                        session.id(),
                        session.user(),
                        Buffer.buffer(session.secret().sha256()),
                        session.passwordHash(),
                        session.expiresAt().atOffset(ZoneOffset.UTC),
                        session.secondFactor())
                == 1;
    }

    public void end(String tenant, UUID id) {
        db.update("delete from auth.session where tenant_id = $1 and id = $2", tenant, id);
    }

    /// Ends all sessions of a user but one.
    public void endOthersOf(String tenant, UUID user, UUID kept) {
        db.update(
                "delete from auth.session where tenant_id = $1 and user_id = $2 and id <> $3",
                tenant,
                user,
                kept);
    }

    public void endAllOf(String tenant, UUID user) {
        db.update("delete from auth.session where tenant_id = $1 and user_id = $2", tenant, user);
    }

    @Scheduled(every = "1h", delayed = "5m")
    @RunOnVirtualThread
    void removeExpired() {
        db.update("delete from auth.session where expires_at < now()");
    }
}
