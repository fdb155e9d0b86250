package dev.drawbridge.gateway.performance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// What is remembered of how statements perform.
@ConfigMapping(prefix = "gateway.performance")
public interface PerformanceConfig {
    /// From how long on a call's time in its database makes it a slow one, which is logged and
    /// listed, without the values in it.
    @WithDefault("1s")
    Duration slow();

    /// How long a period is that is summed up. A summary is of the present one and the one before.
    @WithDefault("15m")
    Duration period();

    /// Of how many different statements there are summaries, those of all connections together. The
    /// rarest make room for others.
    @WithDefault("500")
    int statements();

    /// How many slow calls of a connection are listed; the oldest make room for others.
    @WithDefault("50")
    int slowCalls();

    /// How many connections have metrics of their own; all others are `other` there.
    @WithDefault("100")
    int meteredConnections();
}
