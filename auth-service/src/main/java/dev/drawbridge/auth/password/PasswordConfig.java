package dev.drawbridge.auth.password;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much of the machine password hashing may take.
@ConfigMapping(prefix = "auth.password")
public interface PasswordConfig {
    /// Threads that hash; each takes one core while it works. 0 means half of the cores, so that
    /// the other half answers everyone else.
    @WithDefault("0")
    int threads();

    /// How many wait for a thread before a login is refused as `OVERLOADED`.
    @WithDefault("64")
    int queue();
}
