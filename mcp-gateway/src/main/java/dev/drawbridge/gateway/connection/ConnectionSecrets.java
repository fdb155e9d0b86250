package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.ClientCertificate;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RlsLogin;
import dev.drawbridge.gateway.target.SigningKey;
import dev.drawbridge.gateway.target.Tls;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.SecretBox;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Seals and opens what connections keep secret: the password of the login, passwords of the logins
/// that callers read with, keys that sign who asks, keys of client certificates.
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

    /// How sessions are protected, with what proves who we are.
    Tls tls(Connection connection) {
        String chain = connection.tlsClientCertificate();
        return new Tls(
                connection.tlsMode(),
                connection.tlsCaCertificate(),
                chain == null ? null : new ClientCertificate(chain, clientKey(connection)));
    }

    private String clientKey(Connection connection) {
        return connection.secrets().stream()
                .filter(SealedSecret::isClientKey)
                .map(secret -> text(open(connection.id(), secret)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No client key is stored"));
    }

    /// All keys of a connection, the newest last.
    List<SigningKey> keys(Connection connection) {
        return connection.keys().stream().map(secret -> key(connection.id(), secret)).toList();
    }

    /// The newest key that the target is taken to have; null in any mode but `signed`.
    @Nullable SigningKey signing(Connection connection) {
        return connection.rls().mode() != Rls.Mode.SIGNED
                ? null
                : connection.keys().stream()
                        .filter(SealedSecret::inUse)
                        .reduce((_, newer) -> newer)
                        .map(secret -> key(connection.id(), secret))
                        .orElse(null);
    }

    /// What a connection keeps with what an administrator wrote: a first key where it signs, a
    /// password of each login, the key of a client certificate.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` for a login whose
    ///   password, or a certificate whose key, was neither sent nor is known
    List<SealedSecret> kept(UUID connection, ConnectionChange wanted, List<SealedSecret> before) {
        Rls rls = wanted.rls();
        List<SealedSecret> kept = new ArrayList<>();
        kept.addAll(
                rls == null
                        ? before.stream().filter(one -> !one.isClientKey()).toList()
                        : ofRls(connection, rls, before));
        clientKey(connection, wanted, before).ifPresent(kept::add);
        return kept;
    }

    private List<SealedSecret> ofRls(UUID connection, Rls wanted, List<SealedSecret> before) {
        return switch (wanted.mode()) {
            case SIGNED -> keysOf(connection, before);
            case ROLE -> passwordsOf(connection, wanted, before);
            case NONE, CLAIMS, BYPASS -> List.of();
        };
    }

    private Optional<SealedSecret> clientKey(
            UUID connection, ConnectionChange wanted, List<SealedSecret> before) {
        String key = wanted.tlsClientKey();
        if (key != null) {
            String name = SealedSecret.CLIENT_KEY;
            byte[] secret = Pem.requireKey("tlsClientKey", key).getBytes(StandardCharsets.UTF_8);
            return Optional.of(
                    new SealedSecret(name, box.seal(purpose(connection, name), secret), true));
        }
        return wanted.dropsClientCertificate()
                ? Optional.empty()
                : before.stream().filter(SealedSecret::isClientKey).findFirst();
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
