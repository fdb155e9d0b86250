package dev.drawbridge.identity.network;

import org.jspecify.annotations.Nullable;

/// Who sends a request, as far as the network tells.
///
/// @param program what it calls itself in `User-Agent`, cut to 256 characters; null when it does
///   not
public record Client(ClientAddress address, @Nullable String program) {}
