package dev.drawbridge.auth.session;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.proof.ProofRepository;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.network.Client;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Begins and ends sessions.
@Singleton
public final class Sessions {
    private final SessionRepository repository;
    private final SessionConfig config;
    private final ProofRepository proofs;
    private final RevocationRepository revocations;
    private final Db db;
    private final Audit audit;

    Sessions(
            SessionRepository repository,
            SessionConfig config,
            ProofRepository proofs,
            RevocationRepository revocations,
            Db db,
            Audit audit) {
        this.repository = repository;
        this.config = config;
        this.proofs = proofs;
        this.revocations = revocations;
        this.db = db;
        this.audit = audit;
    }

    /// Someone who proved who they are.
    ///
    /// @param passwordHash the hash that the login was checked against; null when it was not by
    ///   password
    /// @param secondFactor whether a second factor was shown
    public record Start(
            String tenant,
            UUID user,
            @Nullable String passwordHash,
            boolean secondFactor,
            Client client) {}

    /// A session that has begun.
    ///
    /// @param secret shown to its owner, this once
    /// @param pending what has to be done before it may anything
    public record Opened(
            UUID id, OpaqueCredential secret, Instant expiresAt, List<String> pending) {}

    /// Begins a session; empty when the user was disabled or given another password meanwhile.
    public Optional<Opened> open(Start start) {
        return open(start, null);
    }

    /// The same for who proved themselves at an identity provider.
    ///
    /// @param issuer that provider's
    public Optional<Opened> open(Start start, @Nullable String issuer) {
        var secret = OpaqueCredential.generate(CredentialType.SESSION);
        Instant expiresAt = Instant.now().plus(config.lifetime()).truncatedTo(ChronoUnit.MILLIS);
        UUID id = Db.newId();
        // All that may fail is in the transaction: a session is there if its owner is told of it.
        return db.transaction(() -> {
            if (!repository.open(start, id, secret.sha256(), expiresAt)) {
                return Optional.empty();
            }
            audit.record(begun(start, issuer, id));
            List<String> pending = proofs.pending(start.tenant(), start.user(), id);
            return Optional.of(new Opened(id, secret, expiresAt, pending));
        });
    }

    /// Ends a session, everywhere at once.
    public void end(String tenant, UUID id) {
        db.transaction(() -> {
            repository.end(tenant, id);
            audit.record(audit.asked(tenant, AuthAction.SIGN_OUT, "session:" + id));
            revocations.announce(Revocation.ofCredential(id));
            return id;
        });
    }

    /// Ends all sessions of a user, everywhere at once. Tokens go on.
    public void endAllOf(String tenant, UUID user) {
        db.transaction(() -> {
            repository.endAllOf(tenant, user);
            audit.record(audit.asked(tenant, AuthAction.SIGN_OUT_ALL, "user:" + user));
            revocations.announce(Revocation.ofUser(user));
            return user;
        });
    }

    private static Act begun(Start start, @Nullable String issuer, UUID session) {
        Act act =
                Act.byStranger(start.tenant(), AuthAction.SIGN_IN, "user:" + start.user())
                        .with("session", session)
                        .with("secondFactor", start.secondFactor())
                        .from(start.client().address().text());
        return issuer == null ? act : act.with("issuer", issuer);
    }
}
