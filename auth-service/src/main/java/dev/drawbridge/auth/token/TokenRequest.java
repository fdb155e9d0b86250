package dev.drawbridge.auth.token;

import dev.drawbridge.auth.network.Cidr;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A token as it is asked for.
record TokenRequest(
        @Nullable String name,
        @Nullable Instant expiresAt,
        @Nullable List<Scope> scopes,
        @Nullable List<Cidr> allowedCidrs,
        @Nullable AgentClass agentClass) {}
