package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.sql.Db;

import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The sessions that there are, of all replicas.
@Singleton
final class SessionRepository {
    private final Db db;

    SessionRepository(Db db) {
        this.db = db;
    }

    void add(SessionKey key, Caller caller, Initialization initialization) {
        db.update(
                """
                insert into gateway.mcp_session
                       (tenant_id, digest, caller_id, credential_id, initialization)
                values ($1, $2, $3, $4, $5)
                """,
                key.tenant(),
                key.digest(),
                caller.id(),
                caller.credential().id(),
                initialization.json());
    }

    Optional<McpSession> find(SessionKey key, UUID caller, Duration idle) {
        return db.one(
                SessionRepository::session,
                """
                select tenant_id, digest, caller_id, credential_id, initialization, log_level,
                       subscriptions, doubted
                  from gateway.mcp_session
                 where tenant_id = $1 and digest = $2 and caller_id = $3
                   and used_at > now() - $4::bigint * interval '1 millisecond'
                """,
                key.tenant(),
                key.digest(),
                caller,
                idle.toMillis());
    }

    /// Those of these that there still are.
    List<McpSession> list(Collection<SessionKey> keys) {
        return db.list(
                SessionRepository::session,
                """
                select tenant_id, digest, caller_id, credential_id, initialization, log_level,
                       subscriptions, doubted
                  from gateway.mcp_session
                  join unnest($1::text[], $2::text[]) named (tenant_id, digest)
                 using (tenant_id, digest)
                """,
                tenants(keys),
                digests(keys));
    }

    /// Keeps a caller's newest.
    ///
    /// @return those that it ended
    List<SessionKey> keepNewest(Caller caller, int most) {
        return db.list(
                SessionRepository::key,
                """
                delete from gateway.mcp_session
                 where (tenant_id, digest) in (
                     select tenant_id, digest from gateway.mcp_session
                      where (tenant_id, digest) in (
                          select tenant_id, digest from gateway.mcp_session
                           where tenant_id = $1 and caller_id = $2
                           order by begun_at desc, digest offset $3)
                        for update skip locked)
                returning tenant_id, digest
                """,
                caller.tenant(),
                caller.id(),
                most);
    }

    /// Keeps those that were used last, of all callers.
    ///
    /// @return those that it ended
    List<SessionKey> keepUsed(int most) {
        return db.list(
                SessionRepository::key,
                """
                delete from gateway.mcp_session
                 where (tenant_id, digest) in (
                     select tenant_id, digest from gateway.mcp_session
                      where (tenant_id, digest) in (
                          select tenant_id, digest from gateway.mcp_session
                           order by used_at desc, begun_at desc offset $1)
                        for update skip locked)
                returning tenant_id, digest
                """,
                most);
    }

    /// Ends those that nobody used for so long.
    List<SessionKey> endIdle(Duration idle) {
        return db.list(
                SessionRepository::key,
                """
                delete from gateway.mcp_session
                 where used_at < now() - $1::bigint * interval '1 millisecond'
                returning tenant_id, digest
                """,
                idle.toMillis());
    }

    /// Notes that these were used.
    void touch(Collection<SessionKey> keys) {
        db.update(
                """
                update gateway.mcp_session s
                   set used_at = now()
                  from unnest($1::text[], $2::text[]) named (tenant_id, digest)
                 where s.tenant_id = named.tenant_id and s.digest = named.digest
                """,
                tenants(keys),
                digests(keys));
    }

    void end(SessionKey key) {
        db.update(
                "delete from gateway.mcp_session where tenant_id = $1 and digest = $2",
                key.tenant(),
                key.digest());
    }

    void endOf(UUID credential) {
        db.update("delete from gateway.mcp_session where credential_id = $1", credential);
    }

    /// Doubts all sessions of a user.
    ///
    /// @param user null for everyone
    void doubt(@Nullable UUID user) {
        db.update(
                """
                update gateway.mcp_session set doubted = true
                 where not doubted and ($1::uuid is null or caller_id = $1)
                """,
                user);
    }

    void level(SessionKey key, String level) {
        db.update(
                """
                update gateway.mcp_session set log_level = $3
                 where tenant_id = $1 and digest = $2
                """,
                key.tenant(),
                key.digest(),
                level);
    }

    /// Adds a subscription.
    ///
    /// @return whether there was room for one more, or it was there
    boolean subscribe(SessionKey key, String uri, int most) {
        return db.update(
                        """
                        update gateway.mcp_session
                           set subscriptions =
                               case when $3 = any(subscriptions) then subscriptions
                                    else subscriptions || $3 end
                         where tenant_id = $1 and digest = $2
                           and ($3 = any(subscriptions) or cardinality(subscriptions) < $4)
                        """,
                        key.tenant(),
                        key.digest(),
                        uri,
                        most)
                == 1;
    }

    void unsubscribe(SessionKey key, String uri) {
        db.update(
                """
                update gateway.mcp_session set subscriptions = array_remove(subscriptions, $3)
                 where tenant_id = $1 and digest = $2
                """,
                key.tenant(),
                key.digest(),
                uri);
    }

    private static McpSession session(Row row) {
        return new McpSession(
                key(row),
                row.getUUID("caller_id"),
                row.getUUID("credential_id"),
                new Initialization(row.getJsonObject("initialization")),
                row.getString("log_level"),
                List.of(row.getArrayOfStrings("subscriptions")),
                row.getBoolean("doubted"));
    }

    private static SessionKey key(Row row) {
        return new SessionKey(row.getString("tenant_id"), row.getString("digest"));
    }

    private static String[] tenants(Collection<SessionKey> keys) {
        return keys.stream().map(SessionKey::tenant).toArray(String[]::new);
    }

    private static String[] digests(Collection<SessionKey> keys) {
        return keys.stream().map(SessionKey::digest).toArray(String[]::new);
    }
}
