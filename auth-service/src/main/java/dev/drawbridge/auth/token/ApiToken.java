package dev.drawbridge.auth.token;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.auth.network.Cidr;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// An API token as it is shown: all but the secret.
///
/// @param token the secret, only in the answer that made it
/// @param expiresAt null for a token without an end
/// @param scopes null for an unscoped token
/// @param allowedCidrs null for a token that works from anywhere
/// @param lastUsedAt to the minute; null when it was never used
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApiToken(
        UUID id,
        UUID userId,
        String name,
        @Nullable String token,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable List<Scope> scopes,
        @Nullable List<Cidr> allowedCidrs,
        @Nullable AgentClass agentClass,
        @Nullable Instant lastUsedAt) {

    ApiToken withToken(String secret) {
        return new ApiToken(
                id,
                userId,
                name,
                secret,
                createdAt,
                expiresAt,
                scopes,
                allowedCidrs,
                agentClass,
                lastUsedAt);
    }
}
