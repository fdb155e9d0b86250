package dev.drawbridge.gateway.mcp.stateless;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How many streams of notifications there may be at one replica.
@ConfigMapping(prefix = "gateway.mcp.listen")
public interface ListenConfig {
    /// Of one caller.
    @WithDefault("50")
    int perCaller();

    /// Of all callers.
    @WithDefault("10000")
    int most();
}
