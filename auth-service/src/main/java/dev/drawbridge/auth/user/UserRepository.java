package dev.drawbridge.auth.user;

import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.sql.Db;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Users. Every statement names the tenant, so a foreign id finds nothing.
@Singleton
public final class UserRepository {
    private final Db db;

    UserRepository(Db db) {
        this.db = db;
    }

    /// A user about to be made.
    public record Draft(
            Name username,
            String passwordHash,
            boolean superuser,
            boolean enabled,
            Map<String, Object> attributes) {}

    /// What changes; null stays as it is.
    record Change(
            @Nullable Name username,
            @Nullable String passwordHash,
            @Nullable Boolean superuser,
            @Nullable Boolean enabled,
            @Nullable Map<String, Object> attributes) {}

    List<User> list(String tenant, @Nullable String usernameKey, Slice slice) {
        return db.list(
                UserRepository::user,
                """
                select id, username, superuser, enabled, attributes, version, created_at, updated_at
                  from auth.users
                 where tenant_id = $1 and id > $2 and ($3::text is null or username_key = $3)
                 order by id
                 limit $4
                """,
                tenant,
                slice.after(),
                usernameKey,
                slice.fetch());
    }

    Optional<User> find(String tenant, UUID id) {
        return db.one(
                UserRepository::user,
                """
                select id, username, superuser, enabled, attributes, version, created_at, updated_at
                  from auth.users
                 where tenant_id = $1 and id = $2
                """,
                tenant,
                id);
    }

    /// As [#find], and nobody else changes it until this transaction ends.
    Optional<User> lock(String tenant, UUID id) {
        return db.one(
                UserRepository::user,
                """
                select id, username, superuser, enabled, attributes, version, created_at, updated_at
                  from auth.users
                 where tenant_id = $1 and id = $2
                   for update
                """,
                tenant,
                id);
    }

    public User insert(String tenant, Draft draft) {
        return db.one(
                        UserRepository::user,
                        """
                        insert into auth.users
                               (tenant_id, id, username, username_key, password_hash,
                                superuser, enabled, attributes)
                        values ($1, $2, $3, $4, $5, $6, $7, $8)
                        returning id, username, superuser, enabled, attributes,
                                  version, created_at, updated_at
                        """,
                        tenant,
                        Db.newId(),
                        draft.username().text(),
                        draft.username().key(),
                        draft.passwordHash(),
                        draft.superuser(),
                        draft.enabled(),
                        new JsonObject(draft.attributes()))
                .orElseThrow();
    }

    Optional<User> update(String tenant, UUID id, Change change) {
        Name username = change.username();
        Map<String, Object> attributes = change.attributes();
        return db.one(
                UserRepository::user,
                """
                update auth.users
                   set username = coalesce($3, username),
                       username_key = coalesce($4, username_key),
                       password_hash = coalesce($5, password_hash),
                       superuser = coalesce($6, superuser),
                       enabled = coalesce($7, enabled),
                       attributes = coalesce($8, attributes),
                       version = version + 1,
                       updated_at = now()
                 where tenant_id = $1 and id = $2
                returning id, username, superuser, enabled, attributes,
                          version, created_at, updated_at
                """,
                tenant,
                id,
                username == null ? null : username.text(),
                username == null ? null : username.key(),
                change.passwordHash(),
                change.superuser(),
                change.enabled(),
                attributes == null ? null : new JsonObject(attributes));
    }

    void delete(String tenant, UUID id) {
        db.update("delete from auth.users where tenant_id = $1 and id = $2", tenant, id);
    }

    /// Whether another superuser of the tenant can sign in. Until this transaction ends nobody else
    /// gets an answer, so that two superusers cannot remove each other at once.
    boolean anotherSuperuser(String tenant, UUID except) {
        db.one(
                _ -> true,
                "select pg_advisory_xact_lock(hashtextextended('auth.superuser:' || $1::text, 0))",
                tenant);
        return db.one(
                        _ -> true,
                        """
                        select 1
                          from auth.users
                         where tenant_id = $1 and id <> $2 and superuser and enabled
                         limit 1
                        """,
                        tenant,
                        except)
                .isPresent();
    }

    private static User user(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("username"),
                row.getBoolean("superuser"),
                row.getBoolean("enabled"),
                row.getJsonObject("attributes").getMap(),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
