package dev.drawbridge.auth.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.time.Duration;

/// Links that work once.
@ConfigMapping(prefix = "auth.link")
public interface LinkConfig {
    /// What links begin with: where people reach the web client.
    @WithDefault("http://127.0.0.1:8080")
    URI baseUrl();

    /// How long an invitation can be accepted.
    @WithDefault("7d")
    Duration invitationLifetime();

    /// How long every other link works.
    @WithDefault("1h")
    Duration lifetime();
}
