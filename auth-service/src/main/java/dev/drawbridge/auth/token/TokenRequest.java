package dev.drawbridge.auth.token;

import dev.drawbridge.auth.credential.AllowedHours;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.network.Cidr;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A token as it is asked for.
///
/// @param type `api_token` when absent, or `service_role`
record TokenRequest(
        @Nullable String name,
        @Nullable Instant expiresAt,
        @Nullable List<Scope> scopes,
        @Nullable List<Cidr> allowedCidrs,
        @Nullable AgentClass agentClass,
        @Nullable AllowedHours allowedHours,
        Caller.@Nullable RateLimit rateLimit,
        @Nullable String type) {}
