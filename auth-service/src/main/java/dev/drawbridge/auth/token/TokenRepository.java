package dev.drawbridge.auth.token;

import dev.drawbridge.auth.credential.AllowedHours;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
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
                                expires_at, scopes, allowed_cidrs, agent_class,
                                allowed_hours, rate_limit, type)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                        returning id, user_id, name, created_at, expires_at, scopes,
                                  allowed_cidrs, agent_class, allowed_hours, rate_limit, type,
                                  last_used_at, last_address, successor_id
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
                        draft.agentClass() == null ? null : draft.agentClass().text(),
                        draft.allowedHours() == null ? null : draft.allowedHours().json(),
                        json(draft.rateLimit()),
                        draft.type().text())
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
                       allowed_cidrs, agent_class, allowed_hours, rate_limit, type,
                       last_used_at, last_address, successor_id
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
                       allowed_cidrs, agent_class, allowed_hours, rate_limit, type,
                       last_used_at, last_address, successor_id
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

    /// What a token passes on to those that it makes.
    ///
    /// @param networks null for anywhere
    /// @param hours null for any time
    /// @param rated whether it has a rate of its own
    record Limits(@Nullable List<Cidr> networks, @Nullable AllowedHours hours, boolean rated) {}

    Limits limits(String tenant, UUID id) {
        return db.one(
                        row ->
                                new Limits(
                                        networks(row).orElse(null),
                                        AllowedHours.stored(row.getJsonObject("allowed_hours")),
                                        row.getJsonObject("rate_limit") != null),
                        """
                        select allowed_cidrs, allowed_hours, rate_limit
                          from auth.api_token
                         where tenant_id = $1 and id = $2
                        """,
                        tenant,
                        id)
                .orElseThrow();
    }

    /// The end that a rotated token is given: no later than it had. False when it has a successor
    /// already, or has ended.
    boolean succeed(String tenant, UUID id, UUID successor, Instant end) {
        return db.update(
                        """
                        update auth.api_token
                           set successor_id = $3, expires_at = least(expires_at, $4)
                         where tenant_id = $1
                           and id = $2
                           and successor_id is null
                           and revoked_at is null
                           and (expires_at is null or expires_at > now())
                        """,
                        tenant,
                        id,
                        successor,
                        time(end))
                == 1;
    }

    /// The token that made this one; empty when a person did.
    Optional<UUID> parent(String tenant, UUID id) {
        return db.one(
                row -> row.getUUID("parent_id"),
                """
                select parent_id
                  from auth.api_token
                 where tenant_id = $1 and id = $2 and parent_id is not null
                """,
                tenant,
                id);
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
                AllowedHours.stored(row.getJsonObject("allowed_hours")),
                rateLimit(row.getJsonObject("rate_limit")),
                CredentialType.find(row.getString("type")).orElseThrow(),
                instant(row.getOffsetDateTime("last_used_at")),
                row.getString("last_address"),
                row.getUUID("successor_id"));
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

    private static Caller.@Nullable RateLimit rateLimit(@Nullable JsonObject stored) {
        return stored == null
                ? null
                : new Caller.RateLimit(
                        stored.getInteger("requests"), stored.getInteger("perSeconds"));
    }

    private static @Nullable JsonObject json(Caller.@Nullable RateLimit rate) {
        return rate == null
                ? null
                : new JsonObject()
                        .put("requests", rate.requests())
                        .put("perSeconds", rate.perSeconds());
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
