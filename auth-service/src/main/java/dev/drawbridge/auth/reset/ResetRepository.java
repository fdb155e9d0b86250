package dev.drawbridge.auth.reset;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.sql.Db;

import io.vertx.sqlclient.Row;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Whose password can be reset, and resetting it.
@Singleton
final class ResetRepository {
    private final Db db;

    ResetRepository(Db db) {
        this.db = db;
    }

    /// Someone who signs in with a password here.
    ///
    /// @param email verified
    record Account(
            UUID id,
            String username,
            @Nullable String displayName,
            @Nullable EmailAddress email,
            boolean superuser) {
        /// What a password must not be made of.
        List<String> names() {
            String address = email == null ? "" : email.text();
            return List.of(username, displayName == null ? "" : displayName, address);
        }
    }

    Optional<Account> byEmail(String tenant, EmailAddress email) {
        return db.one(
                ResetRepository::account,
                """
                select id, username, display_name, email, superuser
                  from auth.users
                 where tenant_id = $1
                   and email_key = $2
                   and enabled
                   and password_hash is not null
                """,
                tenant,
                email.key());
    }

    Optional<Account> byId(String tenant, UUID id) {
        return db.one(
                ResetRepository::account,
                """
                select id, username, display_name, email, superuser
                  from auth.users
                 where tenant_id = $1 and id = $2 and enabled and kind = 'person'
                """,
                tenant,
                id);
    }

    void setPassword(String tenant, UUID user, String hash) {
        db.update(
                """
                update auth.users
                   set password_hash = $3,
                       must_change_password = false,
                       version = version + 1,
                       updated_at = now()
                 where tenant_id = $1 and id = $2
                """,
                tenant,
                user,
                hash);
    }

    private static Account account(Row row) {
        String email = row.getString("email");
        return new Account(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                email == null ? null : EmailAddress.parse("email", email),
                row.getBoolean("superuser"));
    }
}
