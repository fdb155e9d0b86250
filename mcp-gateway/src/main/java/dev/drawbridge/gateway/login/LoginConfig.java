package dev.drawbridge.gateway.login;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// Logins of databases as callers, on connections with `databaseCredentials`.
@ConfigMapping(prefix = "gateway.login")
public interface LoginConfig {
    /// How long a login that its database found right is remembered; at most `5m`.
    @WithDefault("5m")
    Duration rememberFor();

    /// How many logins are remembered.
    @WithDefault("1000")
    int remembered();

    /// Sessions of one login on one database at most.
    @WithDefault("4")
    int poolSize();

    /// Whether logins may sign in that are superusers, bypass row-level security, may replicate or
    /// create roles, or are in the roles for the server's files, programs or signals. READ ONLY
    /// does not hold those back.
    @WithDefault("false")
    boolean allowPowerful();

    /// Attempts in `window` for one login of one connection, at each gateway. Those that succeed do
    /// not count.
    @WithDefault("10")
    int attemptsPerLogin();

    /// Attempts in `window` from one address (IPv6: one /64), at each gateway. Those that succeed
    /// do not count.
    @WithDefault("50")
    int attemptsPerAddress();

    /// The span of time that attempts are counted in. A gateway counts in its own memory, for
    /// itself and from its start.
    @WithDefault("15m")
    Duration window();

    /// How many logins are judged by databases at the same time, over all connections.
    @WithDefault("32")
    int concurrency();

    /// Every refusal takes that long at least, so that its duration tells little of its reason.
    @WithDefault("500ms")
    Duration refusalTime();
}
