package dev.drawbridge.auth.registration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.List;
import java.util.Optional;

/// Accounts that people make for themselves. They are in no group, so they may nothing.
@ConfigMapping(prefix = "auth.registration")
public interface RegistrationConfig {
    /// Whether people may. It needs a mail server (`auth.mail.from`).
    @WithDefault("false")
    boolean enabled();

    /// Domains whose addresses may; without them all.
    Optional<List<String>> allowedDomains();
}
