package dev.drawbridge.auth.group;

import java.time.Instant;
import java.util.UUID;

/// A group of users and of other groups, whose members hold its grants.
public record Group(UUID id, String name, long version, Instant createdAt, Instant updatedAt) {}
