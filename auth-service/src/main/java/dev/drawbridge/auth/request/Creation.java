package dev.drawbridge.auth.request;

import dev.drawbridge.identity.Caller;

import org.jspecify.annotations.Nullable;

/// A request to make something.
///
/// @param key the `Idempotency-Key`, if one was sent
/// @param path of the collection
/// @param request the body as it was read
public record Creation(Caller caller, @Nullable String key, String path, Object request) {}
