package dev.drawbridge.auth.credential;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.network.Cidr;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A session or API token that works at this moment.
///
/// @param scopes null for an unscoped one
/// @param allowedHours null when it works at any time
record StoredCredential(
        String tenant,
        UUID user,
        Caller.Credential credential,
        @Nullable Grants scopes,
        @Nullable AllowedHours allowedHours,
        @Nullable Instant lastUsedAt) {

    /// The same for these networks at most.
    StoredCredential within(List<Cidr> trusted) {
        List<Cidr> own = credential.networks();
        return new StoredCredential(
                tenant,
                user,
                new Caller.Credential(
                        credential.type(),
                        credential.id(),
                        credential.expiresAt(),
                        credential.agentClass(),
                        credential.rateLimit(),
                        own == null ? trusted : Cidr.common(own, trusted)),
                scopes,
                allowedHours,
                lastUsedAt);
    }

    /// Whether it is a token that nobody has used, as far as is written down.
    boolean isNew() {
        return credential.type() != CredentialType.SESSION && lastUsedAt == null;
    }
}
