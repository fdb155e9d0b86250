package dev.drawbridge.gateway.drain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// How the gateway ends when it is asked to (SIGTERM).
@ConfigMapping(prefix = "gateway.drain")
public interface DrainConfig {
    /// How long calls that run may go on. Those that take longer are cancelled, and their clients
    /// told why. Whoever starts the gateway has to wait ten seconds more before it kills it.
    @WithDefault("30s")
    Duration patience();
}
