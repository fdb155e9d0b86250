package dev.drawbridge.auth.session;

import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// Begins and ends sessions.
@Singleton
public final class Sessions {
    private final SessionRepository repository;
    private final SessionConfig config;
    private final RevocationRepository revocations;
    private final Db db;

    Sessions(
            SessionRepository repository,
            SessionConfig config,
            RevocationRepository revocations,
            Db db) {
        this.repository = repository;
        this.config = config;
        this.revocations = revocations;
        this.db = db;
    }

    /// A session that has begun.
    ///
    /// @param secret shown to its owner, this once
    public record Opened(OpaqueCredential secret, Instant expiresAt) {}

    /// Begins a session; empty when the user was disabled or given another password meanwhile.
    ///
    /// @param passwordHash the hash that the login was checked against
    public Optional<Opened> open(String tenant, UUID user, String passwordHash) {
        var secret = OpaqueCredential.generate(CredentialType.SESSION);
        Instant expiresAt = Instant.now().plus(config.lifetime()).truncatedTo(ChronoUnit.MILLIS);
        var opening =
                new SessionRepository.Opening(
                        tenant, Db.newId(), user, secret, passwordHash, expiresAt);
        return repository.open(opening)
                ? Optional.of(new Opened(secret, expiresAt))
                : Optional.empty();
    }

    /// Ends a session, everywhere at once.
    public void end(String tenant, UUID id) {
        db.transaction(() -> {
            repository.end(tenant, id);
            revocations.announce(Revocation.ofCredential(id));
            return id;
        });
    }
}
