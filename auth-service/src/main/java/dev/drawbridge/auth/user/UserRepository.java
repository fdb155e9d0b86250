package dev.drawbridge.auth.user;

import dev.drawbridge.auth.name.EmailAddress;
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
    ///
    /// @param passwordHash null for a service account
    public record Draft(
            Name username,
            @Nullable String passwordHash,
            boolean superuser,
            boolean enabled,
            Map<String, Object> attributes,
            Person person) {
        /// One of whom no more is known.
        public Draft(
                Name username,
                @Nullable String passwordHash,
                boolean superuser,
                boolean enabled,
                Map<String, Object> attributes) {
            this(username, passwordHash, superuser, enabled, attributes, Person.UNKNOWN);
        }
    }

    /// What is known of who stands behind an account.
    ///
    /// @param kind null for a person
    public record Person(
            @Nullable UserKind kind,
            @Nullable String displayName,
            @Nullable EmailAddress email,
            @Nullable Boolean mustChangePassword) {
        static final Person UNKNOWN = new Person(null, null, null, null);
    }

    /// What changes; null stays as it is.
    record Change(
            @Nullable Name username,
            @Nullable String passwordHash,
            @Nullable Boolean superuser,
            @Nullable Boolean enabled,
            @Nullable Map<String, Object> attributes,
            Person person) {

        /// Whether somebody could get hold of the account by it.
        boolean handsOver() {
            return passwordHash != null || person.email() != null;
        }
    }

    List<User> list(String tenant, @Nullable String usernameKey, Slice slice) {
        return db.list(
                UserRepository::user,
                """
                select id, username, kind, display_name, email, superuser, enabled,
                       must_change_password, attributes, version, created_at, updated_at
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
                select id, username, kind, display_name, email, superuser, enabled,
                       must_change_password, attributes, version, created_at, updated_at
                  from auth.users
                 where tenant_id = $1 and id = $2
                """,
                tenant,
                id);
    }

    /// As [#find], and nobody else changes it until this transaction ends.
    public Optional<User> lock(String tenant, UUID id) {
        return db.one(
                UserRepository::user,
                """
                select id, username, kind, display_name, email, superuser, enabled,
                       must_change_password, attributes, version, created_at, updated_at
                  from auth.users
                 where tenant_id = $1 and id = $2
                   for update
                """,
                tenant,
                id);
    }

    public User insert(String tenant, Draft draft) {
        Person person = draft.person();
        UserKind kind = person.kind();
        EmailAddress email = person.email();
        return db.one(
                        UserRepository::user,
                        """
                        insert into auth.users
                               (tenant_id, id, username, username_key, password_hash,
                                superuser, enabled, attributes, username_skeleton, kind,
                                display_name, email, email_key, must_change_password)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, 'person'),
                                $11, $12, $13, coalesce($14, false))
                        returning id, username, kind, display_name, email, superuser, enabled,
                                  must_change_password, attributes, version, created_at, updated_at
                        """,
                        tenant,
                        Db.newId(),
                        draft.username().text(),
                        draft.username().key(),
                        draft.passwordHash(),
                        draft.superuser(),
                        draft.enabled(),
                        new JsonObject(draft.attributes()),
                        draft.username().skeleton(),
                        kind == null ? null : kind.text(),
                        person.displayName(),
                        email == null ? null : email.text(),
                        email == null ? null : email.key(),
                        person.mustChangePassword())
                .orElseThrow();
    }

    Optional<User> update(String tenant, UUID id, Change change) {
        Name username = change.username();
        Map<String, Object> attributes = change.attributes();
        EmailAddress email = change.person().email();
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
                       username_skeleton = coalesce($9, username_skeleton),
                       display_name = coalesce($10, display_name),
                       email = coalesce($11, email),
                       email_key = coalesce($12, email_key),
                       must_change_password = coalesce($13, must_change_password),
                       version = version + 1,
                       updated_at = now()
                 where tenant_id = $1 and id = $2
                returning id, username, kind, display_name, email, superuser, enabled,
                          must_change_password, attributes, version, created_at, updated_at
                """,
                tenant,
                id,
                username == null ? null : username.text(),
                username == null ? null : username.key(),
                change.passwordHash(),
                change.superuser(),
                change.enabled(),
                attributes == null ? null : new JsonObject(attributes),
                username == null ? null : username.skeleton(),
                change.person().displayName(),
                email == null ? null : email.text(),
                email == null ? null : email.key(),
                change.person().mustChangePassword());
    }

    void delete(String tenant, UUID id) {
        db.update("delete from auth.users where tenant_id = $1 and id = $2", tenant, id);
    }

    /// Ends the API tokens of a user; they stay on record.
    void revokeTokens(String tenant, UUID id) {
        db.update(
                """
                update auth.api_token
                   set revoked_at = now()
                 where tenant_id = $1 and user_id = $2 and revoked_at is null
                """,
                tenant,
                id);
    }

    /// Whether someone else has the address.
    public boolean isTaken(String tenant, EmailAddress email, @Nullable UUID except) {
        return db.one(
                        _ -> true,
                        """
                        select 1
                          from auth.users
                         where tenant_id = $1
                           and email_key = $2
                           and ($3::uuid is null or id <> $3)
                        """,
                        tenant,
                        email.key(),
                        except)
                .isPresent();
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
                           and kind = 'person'
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
                UserKind.parse(row.getString("kind")),
                row.getString("display_name"),
                row.getString("email"),
                row.getBoolean("superuser"),
                row.getBoolean("enabled"),
                row.getBoolean("must_change_password"),
                row.getJsonObject("attributes").getMap(),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
