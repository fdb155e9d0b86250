package dev.drawbridge.auth.group;

import java.time.Instant;
import java.util.UUID;

/// A group of users and of other groups, whose members hold its grants.
///
/// @param requiresSecondFactor whether a session of a member may nothing before it showed one
public record Group(
        UUID id,
        String name,
        boolean requiresSecondFactor,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
