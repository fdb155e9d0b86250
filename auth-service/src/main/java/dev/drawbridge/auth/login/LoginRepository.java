package dev.drawbridge.auth.login;

import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

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
}
