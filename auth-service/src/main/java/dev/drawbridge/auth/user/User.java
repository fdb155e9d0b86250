package dev.drawbridge.auth.user;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// A person, or a program with an account of its own. The password's hash never leaves its table.
///
/// @param kind whether it signs in or has only tokens
/// @param email verified, or vouched for by an administrator
/// @param mustChangePassword whether the next session waits for another password
/// @param attributes scalar facts that row-level policies use
@JsonInclude(JsonInclude.Include.NON_NULL)
public record User(
        UUID id,
        String username,
        UserKind kind,
        @Nullable String displayName,
        @Nullable String email,
        boolean superuser,
        boolean enabled,
        boolean mustChangePassword,
        Map<String, Object> attributes,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
