package dev.drawbridge.auth.credential;

import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;

import jakarta.inject.Singleton;

import java.util.Optional;
import java.util.UUID;

/// Whose a credential is, or was before it ended: for the audit, never for access.
@Singleton
public final class CredentialOwners {
    private final CredentialRepository repository;

    CredentialOwners(CredentialRepository repository) {
        this.repository = repository;
    }

    /// Of whom a credential is.
    ///
    /// @param object `token:{id}` or `session:{id}`
    public record Owner(String tenant, UUID user, String object) {}

    /// Empty for one that never was, or has been removed.
    public Optional<Owner> find(String bearer) {
        return OpaqueCredential.parse(bearer)
                .flatMap(opaque ->
                        repository
                                .owner(opaque.sha256())
                                .map(row ->
                                        new Owner(
                                                row.tenant(),
                                                row.user(),
                                                (opaque.type() == CredentialType.SESSION
                                                                ? "session:"
                                                                : "token:")
                                                        + row.id())));
    }
}
