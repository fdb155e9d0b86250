package dev.drawbridge.auth.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// When signing keys change.
@ConfigMapping(prefix = "auth.signing")
public interface SigningConfig {
    /// How long one key signs.
    @WithDefault("30d")
    Duration rotateEvery();

    /// How long a new key is published before it signs, for verifiers that remember the key set.
    @WithDefault("1m")
    Duration publishAhead();
}
