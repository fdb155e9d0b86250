package dev.drawbridge.gateway.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// How what is known of a database's own functions, views and types is kept.
@ConfigMapping(prefix = "gateway.catalog")
public interface CatalogConfig {
    /// How old it may be when a statement is judged by it: a change in the database is noticed
    /// after that time at the latest.
    @WithDefault("5s")
    Duration freshness();
}
