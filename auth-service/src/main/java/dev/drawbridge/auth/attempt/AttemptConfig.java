package dev.drawbridge.auth.attempt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// How often a credential may be tried. A rate such as `60/5m` allows 60 at once, then one more
/// every 5 s; an attempt that succeeds is given back.
@ConfigMapping(prefix = "auth.attempts")
public interface AttemptConfig {
    /// Passwords tried from one address (of IPv6, from one /64).
    @WithDefault("60/5m")
    Rate passwordAddress();

    /// Passwords tried for one account, from anywhere.
    @WithDefault("20/1m")
    Rate passwordAccount();

    /// Sessions and tokens that do not work, shown from one address. Those that work are never
    /// refused for it.
    @WithDefault("120/1m")
    Rate tokenAddress();

    /// Sign-ons at identity providers that begin from one address.
    @WithDefault("120/1m")
    Rate signOnAddress();

    /// Failures in a row after which an account is locked.
    @WithDefault("10")
    int lockoutFailures();

    /// How long the first lock of an account lasts; each further failure doubles it.
    @WithDefault("1m")
    Duration lockoutFirst();

    /// How long a lock lasts at most.
    @WithDefault("1h")
    Duration lockoutLongest();

    /// After so long without a failure, an account's failures are forgotten.
    @WithDefault("24h")
    Duration lockoutForgotten();
}
