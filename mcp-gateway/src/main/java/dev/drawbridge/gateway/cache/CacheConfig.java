package dev.drawbridge.gateway.cache;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// How many results are kept, and for how long beyond their time.
@ConfigMapping(prefix = "gateway.cache")
public interface CacheConfig {
    /// Memory for all results that are kept.
    @WithDefault("64M")
    MemorySize mostBytes();

    /// How long after its time a result still serves while its database cannot be reached. It then
    /// says that it is stale.
    @WithDefault("10m")
    Duration staleFor();

    /// Memory for what databases last said of their schemas.
    @WithDefault("16M")
    MemorySize schemaBytes();

    /// How long that serves while a database cannot be reached. It then says that it is stale.
    @WithDefault("1h")
    Duration schemaFor();
}
