package dev.drawbridge.auth.profile;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.sql.Db;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The parts of a user that are the user's own.
@Singleton
final class ProfileRepository {
    private final Db db;

    ProfileRepository(Db db) {
        this.db = db;
    }

    /// What changes; null stays as it is.
    record Change(@Nullable String displayName, @Nullable Map<String, Object> metadata) {
        boolean isEmpty() {
            return displayName == null && metadata == null;
        }
    }

    Optional<Profile> find(String tenant, UUID user) {
        return db.one(
                ProfileRepository::profile,
                """
                select u.id, u.username, u.display_name, u.email, u.metadata, u.version,
                       (select l.email
                          from auth.one_time_link l
                         where l.tenant_id = u.tenant_id
                           and l.user_id = u.id
                           and l.purpose = 'email'
                           and l.expires_at > now()
                         order by l.id desc
                         limit 1) as pending_email
                  from auth.users u
                 where u.tenant_id = $1 and u.id = $2
                """,
                tenant,
                user);
    }

    /// False when the version is no longer this one; null for any.
    boolean update(String tenant, UUID user, @Nullable Long version, Change change) {
        Map<String, Object> metadata = change.metadata();
        return db.update(
                        """
                        update auth.users
                           set display_name = coalesce($4, display_name),
                               metadata = coalesce($5, metadata),
                               version = version + 1,
                               updated_at = now()
                         where tenant_id = $1
                           and id = $2
                           and ($3::bigint is null or version = $3)
                        """,
                        tenant,
                        user,
                        version,
                        change.displayName(),
                        metadata == null ? null : new JsonObject(metadata))
                == 1;
    }

    void setEmail(String tenant, UUID user, EmailAddress email) {
        db.update(
                """
                update auth.users
                   set email = $3, email_key = $4, version = version + 1, updated_at = now()
                 where tenant_id = $1 and id = $2
                """,
                tenant,
                user,
                email.text(),
                email.key());
    }

    private static Profile profile(Row row) {
        return new Profile(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getString("email"),
                row.getString("pending_email"),
                row.getJsonObject("metadata").getMap(),
                row.getLong("version"));
    }
}
