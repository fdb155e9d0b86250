package dev.drawbridge.gateway.tool.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What a search by meaning may cost.
@ConfigMapping(prefix = "gateway.search")
public interface SearchConfig {
    /// How many rows an exact search compares at most. One of 384 numbers takes 1 µs as pgvector's
    /// and 0.1 ms as an array; looking for words takes about as long as an array.
    @WithDefault("10000")
    int exactRows();
}
