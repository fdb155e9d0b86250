package dev.drawbridge.auth.credential;

import dev.drawbridge.auth.session.SessionConfig;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.sql.Db;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Credentials that work now, and who is behind them.
@Singleton
final class CredentialRepository {
    private final Db db;
    private final long idleMs;

    CredentialRepository(Db db, SessionConfig config) {
        this.db = db;
        this.idleMs = config.idle().toMillis();
    }

    /// The session or token with this SHA-256, or with this id: one of the two is given.
    Optional<StoredCredential> find(
            CredentialType type, byte @Nullable [] sha256, @Nullable UUID id) {
        Buffer digest = sha256 == null ? null : Buffer.buffer(sha256);
        return switch (type) {
            case SESSION -> session(digest, id);
            case API_TOKEN, SERVICE_ROLE -> apiToken(type, digest, id);
            case PROVIDER_TOKEN, DATABASE_LOGIN -> Optional.empty(); // Nothing of them is stored.
        };
    }

    private Optional<StoredCredential> session(@Nullable Buffer sha256, @Nullable UUID id) {
        return db.one(
                row -> credential(CredentialType.SESSION, row),
                """
                select tenant_id, id, user_id, expires_at,
                       null::text as agent_class, null::jsonb as scopes,
                       null::text[] as allowed_cidrs, last_seen_at as last_used_at,
                       null::jsonb as allowed_hours, null::jsonb as rate_limit
                  from auth.session
                 where (sha256 = $1 or id = $2)
                   and expires_at > now()
                   and last_seen_at > now() - $3::bigint * interval '1 ms'
                """,
                sha256,
                id,
                idleMs);
    }

    private Optional<StoredCredential> apiToken(
            CredentialType type, @Nullable Buffer sha256, @Nullable UUID id) {
        return db.one(
                row -> credential(type, row),
                """
                select tenant_id, id, user_id, expires_at,
                       agent_class, scopes, allowed_cidrs, last_used_at,
                       allowed_hours, rate_limit
                  from auth.api_token
                 where (sha256 = $1 or id = $2)
                   and type = $3
                   and revoked_at is null
                   and (expires_at is null or expires_at > now())
                """,
                sha256,
                id,
                type.text());
    }

    /// A credential and its user, whether or not it works.
    record Known(String tenant, UUID user, UUID id) {}

    Optional<Known> owner(byte[] sha256) {
        return db.one(
                row -> new Known(row.getString(0), row.getUUID(1), row.getUUID(2)),
                """
                select tenant_id, user_id, id from auth.session where sha256 = $1
                union all
                select tenant_id, user_id, id from auth.api_token where sha256 = $1
                """,
                Buffer.buffer(sha256));
    }

    /// The user behind a credential, with what their groups give; empty for a disabled one. A
    /// session for which something is pending is scoped to nothing.
    Optional<Caller> caller(StoredCredential shown) {
        return db.one(
                row -> caller(shown, row),
                """
                with recursive around (group_id) as (
                    select m.group_id
                      from auth.group_member m
                     where m.tenant_id = $1 and m.user_id = $2
                     union
                    select m.group_id
                      from auth.group_member m
                      join around on m.member_group_id = around.group_id
                     where m.tenant_id = $1
                )
                select u.username, u.superuser, u.attributes,
                       array(select g.name
                               from auth.groups g
                               join around on g.id = around.group_id
                              where g.tenant_id = $1
                              order by g.name) as groups,
                       (select coalesce(jsonb_agg(jsonb_build_array(g.object, g.level)), '[]')
                          from auth.grants g
                          join around on g.group_id = around.group_id
                         where g.tenant_id = $1) as grants,
                       auth.session_pending($1, $2, $3) as pending
                  from auth.users u
                 where u.tenant_id = $1 and u.id = $2 and u.enabled
                """,
                shown.tenant(),
                shown.user(),
                isSession(shown) ? shown.credential().id() : null);
    }

    /// Notes that sessions and tokens were used, each at most once a minute.
    void touch(List<LastUse.Use> uses) {
        touch(
                use -> use.shown().credential().type() == CredentialType.SESSION,
                uses,
                """
                update auth.session c
                   set last_seen_at = now(),
                       last_address = coalesce(used.address, c.last_address)
                  from unnest($1::text[], $2::uuid[], $3::text[]) as used (tenant_id, id, address)
                 where c.tenant_id = used.tenant_id
                   and c.id = used.id
                   and c.last_seen_at < now() - interval '1 minute'
                """);
        touch(
                use -> use.shown().credential().type() != CredentialType.SESSION,
                uses,
                """
                update auth.api_token c
                   set last_used_at = now(),
                       last_address = coalesce(used.address, c.last_address)
                  from unnest($1::text[], $2::uuid[], $3::text[]) as used (tenant_id, id, address)
                 where c.tenant_id = used.tenant_id
                   and c.id = used.id
                   and (c.last_used_at is null or c.last_used_at < now() - interval '1 minute')
                """);
    }

    private void touch(Predicate<LastUse.Use> kind, List<LastUse.Use> uses, String update) {
        List<LastUse.Use> ofType = uses.stream().filter(kind).toList();
        if (!ofType.isEmpty()) {
            db.update(
                    update,
                    ofType.stream().map(use -> use.shown().tenant()).toArray(String[]::new),
                    ofType.stream().map(use -> use.shown().credential().id()).toArray(UUID[]::new),
                    ofType.stream().map(LastUse.Use::address).toArray(String[]::new));
        }
    }

    private static StoredCredential credential(CredentialType type, Row row) {
        String[] networks = row.getArrayOfStrings("allowed_cidrs");
        return new StoredCredential(
                row.getString("tenant_id"),
                row.getUUID("user_id"),
                new Caller.Credential(
                        type,
                        row.getUUID("id"),
                        instant(row.getOffsetDateTime("expires_at")),
                        row.getString("agent_class"),
                        rateLimit(row.getJsonObject("rate_limit")),
                        networks == null ? null : Stream.of(networks).map(Cidr::parse).toList()),
                scopes(row.getJsonArray("scopes")),
                AllowedHours.stored(row.getJsonObject("allowed_hours")),
                instant(row.getOffsetDateTime("last_used_at")));
    }

    private static Caller caller(StoredCredential shown, Row row) {
        Map<ProtectedObject, Level> grants = new HashMap<>();
        for (Object pair : row.getJsonArray("grants")) {
            var grant = (JsonArray) pair;
            grants.merge(
                    ProtectedObject.parse(grant.getString(0)),
                    Level.parse(grant.getString(1)),
                    Level::max);
        }
        return new Caller(
                shown.user(),
                row.getString("username"),
                shown.tenant(),
                row.getBoolean("superuser"),
                List.of(row.getArrayOfStrings("groups")),
                row.getJsonObject("attributes").getMap(),
                shown.credential(),
                new Grants(grants),
                scopes(shown, row.getArrayOfStrings("pending")));
    }

    private static @Nullable Grants scopes(StoredCredential shown, String @Nullable [] pending) {
        return !isSession(shown) || (pending != null && pending.length == 0)
                ? shown.scopes()
                : new Grants(Map.of());
    }

    private static boolean isSession(StoredCredential shown) {
        return shown.credential().type() == CredentialType.SESSION;
    }

    private static @Nullable Grants scopes(@Nullable JsonArray stored) {
        if (stored == null) {
            return null;
        }
        Map<ProtectedObject, Level> scopes = new HashMap<>();
        for (Object element : stored) {
            var scope = (JsonObject) element;
            scopes.merge(
                    ProtectedObject.parse(scope.getString("object")),
                    Level.parse(scope.getString("level")),
                    Level::max);
        }
        return new Grants(scopes);
    }

    private static Caller.@Nullable RateLimit rateLimit(@Nullable JsonObject stored) {
        return stored == null
                ? null
                : new Caller.RateLimit(
                        stored.getInteger("requests"), stored.getInteger("perSeconds"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
