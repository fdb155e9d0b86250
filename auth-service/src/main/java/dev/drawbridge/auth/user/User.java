package dev.drawbridge.auth.user;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// A person, or a program with an account of its own. The password's hash never leaves its table.
///
/// @param attributes scalar facts that row-level policies use
public record User(
        UUID id,
        String username,
        boolean superuser,
        boolean enabled,
        Map<String, Object> attributes,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
