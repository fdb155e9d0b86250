package dev.drawbridge.gateway.tool;

import io.smallrye.config.ConfigMapping;

import java.util.Optional;
import java.util.Set;

/// Which tools there are.
@ConfigMapping(prefix = "gateway.tool")
public interface ToolConfig {
    /// Names of built-in tools that are not to be there for anybody. One that there is not stops
    /// the start.
    Optional<Set<String>> off();
}
