package dev.drawbridge.auth.login;

import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a login checks a password against.
@Singleton
final class LoginRepository {
    private final Db db;

    LoginRepository(Db db) {
        this.db = db;
    }

    /// A user who may sign in with a password.
    record Account(UUID id, String username, String passwordHash) {}

    /// Empty for someone who has no password.
    Optional<String> passwordHash(String tenant, UUID user) {
        return db.one(
                row -> row.getString("password_hash"),
                """
                select password_hash
                  from auth.users
                 where tenant_id = $1 and id = $2 and password_hash is not null
                """,
                tenant,
                user);
    }

    /// What everyone may know of a user, for the password to be something else.
    List<String> names(String tenant, UUID user) {
        return db.list(
                row -> row.getString("name"),
                """
                select unnest(array_remove(array[username, display_name, email], null)) as name
                  from auth.users
                 where tenant_id = $1 and id = $2
                """,
                tenant,
                user);
    }

    /// False when the hash is no longer `before`, or the user is disabled.
    boolean changePassword(String tenant, UUID user, String before, String after) {
        return db.update(
                        """
                        update auth.users
                           set password_hash = $4,
                               must_change_password = false,
                               version = version + 1,
                               updated_at = now()
                         where tenant_id = $1 and id = $2 and password_hash = $3 and enabled
                        """,
                        tenant,
                        user,
                        before,
                        after)
                == 1;
    }

    Optional<Account> find(String tenant, String usernameKey) {
        return db.one(
                row ->
                        new Account(
                                row.getUUID("id"),
                                row.getString("username"),
                                row.getString("password_hash")),
                """
                select id, username, password_hash
                  from auth.users
                 where tenant_id = $1
                   and username_key = $2
                   and enabled
                   and password_hash is not null
                """,
                tenant,
                usernameKey);
    }

    /// The user of a name, whether or not they may sign in.
    Optional<UUID> findId(String tenant, String usernameKey) {
        return db.one(
                row -> row.getUUID("id"),
                "select id from auth.users where tenant_id = $1 and username_key = $2",
                tenant,
                usernameKey);
    }
}
