package dev.drawbridge.gateway.write;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Statements that write.
@ConfigMapping(prefix = "gateway.write")
public interface WriteConfig {
    /// How many rows one statement may change without being confirmed.
    @WithDefault("1000")
    long confirmRows();
}
