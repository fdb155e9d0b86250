package dev.drawbridge.gateway.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Under which names the gateway answers, and how many MCP sessions it keeps.
@ConfigMapping(prefix = "gateway.http")
public interface HttpConfig {
    /// Values of `Host` that are answered: a name for any port, or `name:port`. Everything else is
    /// refused, so that a web page cannot reach us under a name of its own (DNS rebinding).
    @WithDefault("localhost,127.0.0.1,[::1]")
    List<String> allowedHosts();

    /// Values of `Origin` that are answered beside those of the allowed hosts, such as
    /// `https://chat.example.com`.
    Optional<List<String>> allowedOrigins();

    /// How many MCP sessions one caller may keep, at all replicas together. A further one ends the
    /// caller's oldest.
    @WithDefault("100")
    int sessionsPerCaller();

    /// How many MCP sessions there may be in all, at all replicas together. Those that were used
    /// last stay.
    @WithDefault("10000")
    int sessions();

    /// A session that is not used that long ends.
    @WithDefault("30M")
    Duration sessionIdleTimeout();
}
