package dev.drawbridge.auth.proof;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// When a person has to prove again who they are.
@ConfigMapping(prefix = "auth.proof")
public interface ProofConfig {
    /// How old the last proof of a session may be for acts that take over an account: changing
    /// password, address or second factor, making tokens that administer.
    @WithDefault("10m")
    Duration maxAge();
}
