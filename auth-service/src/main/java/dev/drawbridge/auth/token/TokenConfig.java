package dev.drawbridge.auth.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// How long tokens last.
@ConfigMapping(prefix = "auth.token")
public interface TokenConfig {
    /// How long a new token may last at most; one that names no end gets this one. Without it,
    /// tokens may last for ever.
    Optional<Duration> maxLifetime();

    /// How long a rotated token goes on working at most, and when the request does not say.
    @WithDefault("24h")
    Duration rotationOverlap();
}
