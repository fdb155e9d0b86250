package dev.drawbridge.auth.token;

import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import org.jspecify.annotations.Nullable;

/// What a token lets through on one object.
record Scope(@Nullable ProtectedObject object, @Nullable Level level) {}
