package dev.drawbridge.auth.token;

import dev.drawbridge.auth.network.Cidr;
import dev.drawbridge.auth.request.Slice;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// API tokens, of which only the SHA-256 is stored. Every statement names the tenant.
@Singleton
final class TokenRepository {
    private final Db db;

    TokenRepository(Db db) {
        this.db = db;
    }

    /// Which tokens a caller may see.
    ///
    /// @param user only this user's; null for everyone's
    /// @param family only this token and those it made; null for all
    record Reach(String tenant, @Nullable UUID user, @Nullable UUID family) {}

    ApiToken insert(String tenant, UUID owner, TokenDraft draft, byte[] sha256) {
        return db.one(
                        TokenRepository::token,
                        """
                        insert into auth.api_token
                               (tenant_id, id, user_id, parent_id, name, sha256,
                                expires_at, scopes, allowed_cidrs, agent_class)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                        returning id, user_id, name, created_at, expires_at, scopes,
                                  allowed_cidrs, agent_class, last_used_at
                        """,
                        tenant,
                        Db.newId(),
                        owner,
                        draft.parent(),
                        draft.name(),
                        Buffer.buffer(sha256),
                        time(draft.expiresAt()),
                        json(draft.scopes()),
                        texts(draft.allowedCidrs()),
                        draft.agentClass() == null ? null : draft.agentClass().text())
                .orElseThrow();
    }

    /// Whether an enabled service account is a superuser; empty when there is no such account.
    Optional<Boolean> serviceAccount(String tenant, UUID id) {
        return db.one(
                row -> row.getBoolean("superuser"),
                """
                select superuser
                  from auth.users
                 where tenant_id = $1 and id = $2 and kind = 'service' and enabled
                """,
                tenant,
                id);
    }

    List<ApiToken> list(Reach reach, Slice slice) {
        return db.list(
                TokenRepository::token,
                """
                select id, user_id, name, created_at, expires_at, scopes,
                       allowed_cidrs, agent_class, last_used_at
                  from auth.api_token
                 where tenant_id = $1
                   and ($2::uuid is null or user_id = $2)
                   and ($3::uuid is null or $3 in (id, parent_id))
                   and revoked_at is null
                   and id > $4
                 order by id
                 limit $5
                """,
                reach.tenant(),
                reach.user(),
                reach.family(),
                slice.after(),
                slice.fetch());
    }

    Optional<ApiToken> find(Reach reach, UUID id) {
        return db.one(
                TokenRepository::token,
                """
                select id, user_id, name, created_at, expires_at, scopes,
                       allowed_cidrs, agent_class, last_used_at
                  from auth.api_token
                 where tenant_id = $1
                   and ($2::uuid is null or user_id = $2)
                   and ($3::uuid is null or $3 in (id, parent_id))
                   and revoked_at is null
                   and id = $4
                """,
                reach.tenant(),
                reach.user(),
                reach.family(),
                id);
    }

    /// Where a token works from; null for anywhere.
    @Nullable List<Cidr> networks(String tenant, UUID id) {
        return db.list(
                        TokenRepository::networks,
                        """
                        select allowed_cidrs from auth.api_token where tenant_id = $1 and id = $2
                        """,
                        tenant,
                        id)
                .getFirst()
                .orElse(null);
    }

    /// Ends a token and all that it made, and returns the ids of those that had not ended before.
    List<UUID> revoke(String tenant, UUID id) {
        return db.list(
                row -> row.getUUID("id"),
                """
                with recursive family (id) as (
                    values ($2::uuid)
                     union
                    select t.id
                      from auth.api_token t
                      join family on t.parent_id = family.id
                     where t.tenant_id = $1
                )
                update auth.api_token t
                   set revoked_at = now()
                  from family
                 where t.tenant_id = $1 and t.id = family.id and t.revoked_at is null
                returning t.id
                """,
                tenant,
                id);
    }

    private static ApiToken token(Row row) {
        String agentClass = row.getString("agent_class");
        return new ApiToken(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("name"),
                null,
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("expires_at")),
                scopes(row.getJsonArray("scopes")),
                networks(row).orElse(null),
                agentClass == null ? null : AgentClass.parse(agentClass),
                instant(row.getOffsetDateTime("last_used_at")));
    }

    private static Optional<List<Cidr>> networks(Row row) {
        String[] texts = row.getArrayOfStrings("allowed_cidrs");
        return texts == null
                ? Optional.empty()
                : Optional.of(Stream.of(texts).map(Cidr::parse).toList());
    }

    private static @Nullable List<Scope> scopes(@Nullable JsonArray stored) {
        if (stored == null) {
            return null;
        }
        return stored.stream()
                .map(JsonObject.class::cast)
                .map(scope ->
                        new Scope(
                                ProtectedObject.parse(scope.getString("object")),
                                Level.parse(scope.getString("level"))))
                .toList();
    }

    private static @Nullable JsonArray json(@Nullable List<Scope> scopes) {
        if (scopes == null) {
            return null;
        }
        var json = new JsonArray();
        for (Scope scope : scopes) {
            json.add(
                    new JsonObject()
                            .put("object", String.valueOf(scope.object()))
                            .put("level", scope.level() == null ? "none" : scope.level().text()));
        }
        return json;
    }

    private static String @Nullable [] texts(@Nullable List<Cidr> networks) {
        return networks == null
                ? null
                : networks.stream().map(Cidr::toString).toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
