package dev.drawbridge.identity;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// How a service that is not auth-service knows its callers. Checked at the start wherever it is on
/// the class path, used or not.
@Unremovable
@ConfigMapping(prefix = "identity")
public interface IdentityConfig {
    /// The `iss` that access tokens must carry: auth-service's own name for itself.
    @WithDefault("http://127.0.0.1:8082")
    String issuer();

    /// How many callers are remembered between requests.
    @WithDefault("100000")
    long cacheSize();

    /// Whether service-role keys are taken here. Where agents call, they should not be.
    @WithDefault("false")
    boolean acceptServiceRole();

    /// How long one exchange at auth-service may take before the request is refused.
    @WithDefault("5s")
    Duration exchangeTimeout();
}
