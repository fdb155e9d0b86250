package dev.drawbridge.auth.link;

import dev.drawbridge.auth.name.EmailAddress;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// A link that still works, without its secret.
///
/// @param user whose password or address it changes; of an invitation, who invited
/// @param email where it was sent, and what is verified when it comes back
/// @param details what its purpose needs besides
public record OneTimeLink(
        String tenant,
        UUID id,
        @Nullable UUID user,
        @Nullable EmailAddress email,
        Map<String, Object> details,
        Instant createdAt,
        Instant expiresAt) {}
