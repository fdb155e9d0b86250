package dev.drawbridge.auth.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.util.Optional;

/// Who issues access tokens.
@ConfigMapping(prefix = "auth")
public interface IssuerConfig {
    /// The `iss` of access tokens, which every service checks: this service's own URL.
    @WithDefault("http://127.0.0.1:8082")
    String issuer();

    /// The URL under which browsers reach this service, where that is another: a front door's.
    Optional<URI> publicUrl();
}
