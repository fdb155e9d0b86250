package dev.drawbridge.auth.password;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.OptionalInt;

/// How much of the machine password hashing may take.
@ConfigMapping(prefix = "auth.password")
public interface PasswordConfig {
    /// Threads that hash; each takes one core while it works. Half of the cores when absent, so
    /// that the other half answers everyone else.
    OptionalInt threads();

    /// How many wait for a thread before a login is refused as `OVERLOADED`.
    @WithDefault("64")
    int queue();
}
