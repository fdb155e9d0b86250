package dev.drawbridge.auth.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// How long people stay signed in.
@ConfigMapping(prefix = "auth.session")
public interface SessionConfig {
    /// From the login to its end, used or not.
    @WithDefault("12h")
    Duration lifetime();
}
