package dev.drawbridge.auth.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How long people stay signed in, and the cookie of those who do it in a browser.
@ConfigMapping(prefix = "auth.session")
public interface SessionConfig {
    /// From the login to its end, used or not.
    @WithDefault("12h")
    Duration lifetime();

    /// From its last use to its end; at least `10m`, for a gateway tells of a use every five
    /// minutes.
    @WithDefault("2h")
    Duration idle();

    /// Whether browsers send the cookie over TLS only (and to a loopback address).
    @WithDefault("true")
    boolean cookieSecure();

    /// Origins, such as `https://drawbridge.example`, whose pages may use the cookie. Without any:
    /// those of the host that a request is for.
    Optional<List<String>> cookieOrigins();
}
