package dev.drawbridge.auth.token;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.auth.credential.AllowedHours;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.network.Cidr;

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
/// @param allowedHours null for a token that works at any time
/// @param rateLimit null for a token that may be used any number of times
/// @param type `api_token` or `service_role`
/// @param lastUsedAt to the minute; null when it was never used
/// @param lastUsedAddress where that came from; null when it is not known
/// @param successorId the token that took its place by a rotation
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
        @Nullable AllowedHours allowedHours,
        Caller.@Nullable RateLimit rateLimit,
        CredentialType type,
        @Nullable Instant lastUsedAt,
        @Nullable String lastUsedAddress,
        @Nullable UUID successorId) {

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
                allowedHours,
                rateLimit,
                type,
                lastUsedAt,
                lastUsedAddress,
                successorId);
    }
}
