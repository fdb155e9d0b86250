package dev.drawbridge.auth.grant;

import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import java.time.Instant;
import java.util.UUID;

/// A level on an object, given to everyone in a group.
public record Grant(
        UUID id,
        UUID groupId,
        ProtectedObject object,
        Level level,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
