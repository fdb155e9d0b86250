package dev.drawbridge.auth.token;

import dev.drawbridge.auth.credential.AllowedHours;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.network.Cidr;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A token about to be made.
///
/// @param parent the token that makes it; null when a person does
record TokenDraft(
        String name,
        @Nullable UUID parent,
        @Nullable Instant expiresAt,
        @Nullable List<Scope> scopes,
        @Nullable List<Cidr> allowedCidrs,
        @Nullable AgentClass agentClass,
        @Nullable AllowedHours allowedHours,
        Caller.@Nullable RateLimit rateLimit,
        CredentialType type) {}
