package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RlsLogin;
import dev.drawbridge.gateway.target.SigningKey;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Seals and opens what connections keep secret: the password of the login, passwords of the logins
/// that callers read with, keys that sign who asks.
@Singleton
final class ConnectionSecrets {
    private final SecretBox box;

    ConnectionSecrets(SecretBox box) {
        this.box = box;
    }

    String sealPassword(UUID connection, String password) {
        return box.seal(passwordOf(connection), password.getBytes(StandardCharsets.UTF_8));
    }

    String password(Connection connection) {
        return text(box.open(passwordOf(connection.id()), connection.sealedPassword()));
    }

    /// The password of one of `rls.logins`.
    String password(Connection connection, String login) {
        String name = SealedSecret.ofLogin(login);
        return connection.secrets().stream()
                .filter(secret -> secret.name().equals(name))
                .map(secret -> text(open(connection.id(), secret)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No password of a login is stored"));
    }

    /// All keys of a connection, the newest last.
    List<SigningKey> keys(Connection connection) {
        return connection.secrets().stream()
                .filter(SealedSecret::isKey)
                .map(secret -> key(connection.id(), secret))
                .toList();
    }

    /// The newest key that the target is taken to have; null in any mode but `signed`.
    @Nullable SigningKey signing(Connection connection) {
        return connection.rls().mode() != Rls.Mode.SIGNED
                ? null
                : connection.secrets().stream()
                        .filter(secret -> secret.isKey() && secret.inUse())
                        .reduce((_, newer) -> newer)
                        .map(secret -> key(connection.id(), secret))
                        .orElse(null);
    }

    /// What a connection keeps with what an administrator wrote: a first key where it signs, and a
    /// password of each login.
    ///
    /// @param wanted null when that stays as it is
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a login whose
    ///   password was neither sent nor is known
    List<SealedSecret> kept(UUID connection, @Nullable Rls wanted, List<SealedSecret> before) {
        if (wanted == null) {
            return before;
        }
        return switch (wanted.mode()) {
            case SIGNED -> keysOf(connection, before);
            case ROLE -> passwordsOf(connection, wanted, before);
            case NONE, CLAIMS, BYPASS -> List.of();
        };
    }

    /// A new key, sealed.
    ///
    /// @param inUse whether it signs from now on
    SealedSecret newKey(UUID connection, boolean inUse) {
        SigningKey key = SigningKey.random(connection);
        String name = SealedSecret.ofKey(key.id());
        return new SealedSecret(name, box.seal(purpose(connection, name), key.secret()), inUse);
    }

    private List<SealedSecret> keysOf(UUID connection, List<SealedSecret> before) {
        List<SealedSecret> keys = before.stream().filter(SealedSecret::isKey).toList();
        return keys.isEmpty() ? List.of(newKey(connection, true)) : keys;
    }

    private List<SealedSecret> passwordsOf(UUID connection, Rls wanted, List<SealedSecret> before) {
        List<SealedSecret> kept = new ArrayList<>();
        wanted.logins().forEach((name, login) -> kept.add(of(connection, name, login, before)));
        return kept;
    }

    private SealedSecret of(
            UUID connection, String login, RlsLogin wanted, List<SealedSecret> before) {
        String name = SealedSecret.ofLogin(login);
        String password = wanted.password();
        if (password != null) {
            byte[] secret = password.getBytes(StandardCharsets.UTF_8);
            return new SealedSecret(name, box.seal(purpose(connection, name), secret), true);
        }
        return before.stream()
                .filter(secret -> secret.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new Problem.Invalid("rls.logins." + login + ".password", "is missing")
                                .exception());
    }

    private SigningKey key(UUID connection, SealedSecret secret) {
        return new SigningKey(connection, secret.keyId(), open(connection, secret));
    }

    private byte[] open(UUID connection, SealedSecret secret) {
        return box.open(purpose(connection, secret.name()), secret.sealed());
    }

    private static String text(byte[] secret) {
        return new String(secret, StandardCharsets.UTF_8);
    }

    private static String passwordOf(UUID connection) {
        return purpose(connection, "password");
    }

    private static String purpose(UUID connection, String name) {
        return "connection:" + connection + ":" + name;
    }
}
