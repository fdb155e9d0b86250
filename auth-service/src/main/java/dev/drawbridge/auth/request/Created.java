package dev.drawbridge.auth.request;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// What was made.
///
/// @param version for the `ETag`; null for what has none
/// @param body the answer
/// @param secret whether the answer holds a secret and must not be kept for a repetition
public record Created(UUID id, @Nullable Long version, Object body, boolean secret) {

    public static Created of(UUID id, long version, Object body) {
        return new Created(id, version, body, false);
    }
}
