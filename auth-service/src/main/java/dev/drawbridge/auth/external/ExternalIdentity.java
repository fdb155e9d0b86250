package dev.drawbridge.auth.external;

import com.fasterxml.jackson.annotation.JsonIgnore;

import java.time.Instant;
import java.util.UUID;

/// Who a user is at a provider: issuer and subject, which are nobody else's.
public record ExternalIdentity(
        UUID id,
        @JsonIgnore String tenant,
        @JsonIgnore UUID user,
        String issuer,
        String subject,
        Instant createdAt) {}
