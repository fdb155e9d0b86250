package dev.drawbridge.auth.credential;

import dev.drawbridge.auth.network.Cidr;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
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
import java.util.stream.Stream;

/// Credentials that work now, and who is behind them.
@Singleton
final class CredentialRepository {
    private final Db db;

    CredentialRepository(Db db) {
        this.db = db;
    }

    /// The session or token with this SHA-256, or with this id: one of the two is given.
    Optional<StoredCredential> find(
            CredentialType type, byte @Nullable [] sha256, @Nullable UUID id) {
        Buffer digest = sha256 == null ? null : Buffer.buffer(sha256);
        return switch (type) {
            case SESSION -> session(digest, id);
            case API_TOKEN -> apiToken(digest, id);
        };
    }

    private Optional<StoredCredential> session(@Nullable Buffer sha256, @Nullable UUID id) {
        return db.one(
                row -> credential(CredentialType.SESSION, row),
                """
                select tenant_id, id, user_id, expires_at,
                       null::text as agent_class, null::jsonb as scopes,
                       null::text[] as allowed_cidrs, null::timestamptz as last_used_at
                  from auth.session
                 where (sha256 = $1 or id = $2) and expires_at > now()
                """,
                sha256,
                id);
    }

    private Optional<StoredCredential> apiToken(@Nullable Buffer sha256, @Nullable UUID id) {
        return db.one(
                row -> credential(CredentialType.API_TOKEN, row),
                """
                select tenant_id, id, user_id, expires_at,
                       agent_class, scopes, allowed_cidrs, last_used_at
                  from auth.api_token
                 where (sha256 = $1 or id = $2)
                   and revoked_at is null
                   and (expires_at is null or expires_at > now())
                """,
                sha256,
                id);
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

    /// Notes that tokens were used, each at most once a minute.
    void touch(List<StoredCredential> used) {
        db.update(
                """
                update auth.api_token t
                   set last_used_at = now()
                  from unnest($1::text[], $2::uuid[]) as used (tenant_id, id)
                 where t.tenant_id = used.tenant_id
                   and t.id = used.id
                   and (t.last_used_at is null or t.last_used_at < now() - interval '1 minute')
                """,
                used.stream().map(StoredCredential::tenant).toArray(String[]::new),
                used.stream().map(token -> token.credential().id()).toArray(UUID[]::new));
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
                        row.getString("agent_class")),
                scopes(row.getJsonArray("scopes")),
                networks == null ? null : Stream.of(networks).map(Cidr::parse).toList(),
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

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
