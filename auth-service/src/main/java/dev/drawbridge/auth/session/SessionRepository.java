package dev.drawbridge.auth.session;

import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.sql.Db;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Sessions, of which only the SHA-256 is stored. One that has ended is not found.
@Singleton
public final class SessionRepository {
    private static final Duration SHORTEST_IDLE = Duration.ofMinutes(10);

    private final Db db;
    private final long idleMs;

    SessionRepository(Db db, SessionConfig config) {
        if (config.idle().compareTo(SHORTEST_IDLE) < 0) {
            throw new IllegalArgumentException("auth.session.idle must be at least 10m");
        }
        this.db = db;
        this.idleMs = config.idle().toMillis();
    }

    /// Begins a session, unless the user was disabled or given another password while the login was
    /// being checked.
    boolean open(Sessions.Start start, UUID id, byte[] sha256, Instant expiresAt) {
        return db.update(
                        """
                        insert into auth.session
                               (tenant_id, id, user_id, sha256, expires_at,
                                last_address, user_agent, second_factor)
                        select u.tenant_id, $2, u.id, $4, $6, $7, $8, $9
                          from auth.users u
                         where u.tenant_id = $1
                           and u.id = $3
                           and u.enabled
                           and ($5::text is null or u.password_hash = $5)
                           for share
                        """,
                        start.tenant(),
                        id,
                        start.user(),
                        Buffer.buffer(sha256),
                        start.passwordHash(),
                        expiresAt.atOffset(ZoneOffset.UTC),
                        start.client().address().text(),
                        start.client().program(),
                        start.secondFactor())
                == 1;
    }

    List<Session> list(Caller reader, UUID user, Slice slice) {
        return db.list(
                row -> session(reader, row),
                """
                select s.id, s.user_id, s.created_at, s.expires_at, s.last_seen_at,
                       s.last_address, s.user_agent, u.superuser
                  from auth.session s
                  join auth.users u on u.tenant_id = s.tenant_id and u.id = s.user_id
                 where s.tenant_id = $1
                   and s.user_id = $2
                   and s.expires_at > now()
                   and s.last_seen_at > now() - $3::bigint * interval '1 ms'
                   and s.id > $4
                 order by s.id
                 limit $5
                """,
                reader.tenant(),
                user,
                idleMs,
                slice.after(),
                slice.fetch());
    }

    Optional<Session> find(Caller reader, UUID id) {
        return db.one(
                row -> session(reader, row),
                """
                select s.id, s.user_id, s.created_at, s.expires_at, s.last_seen_at,
                       s.last_address, s.user_agent, u.superuser
                  from auth.session s
                  join auth.users u on u.tenant_id = s.tenant_id and u.id = s.user_id
                 where s.tenant_id = $1
                   and s.id = $2
                   and s.expires_at > now()
                   and s.last_seen_at > now() - $3::bigint * interval '1 ms'
                """,
                reader.tenant(),
                id,
                idleMs);
    }

    /// Empty when there is no such user.
    Optional<Boolean> isSuperuser(String tenant, UUID user) {
        return db.one(
                row -> row.getBoolean("superuser"),
                "select superuser from auth.users where tenant_id = $1 and id = $2",
                tenant,
                user);
    }

    void end(String tenant, UUID id) {
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
        db.update(
                """
                delete from auth.session
                 where expires_at < now() or last_seen_at < now() - $1::bigint * interval '1 ms'
                """,
                idleMs);
    }

    private static Session session(Caller reader, Row row) {
        UUID id = row.getUUID("id");
        return new Session(
                id,
                row.getUUID("user_id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getOffsetDateTime("last_seen_at").toInstant(),
                row.getString("last_address"),
                row.getString("user_agent"),
                id.equals(reader.credential().id()),
                row.getBoolean("superuser"));
    }
}
