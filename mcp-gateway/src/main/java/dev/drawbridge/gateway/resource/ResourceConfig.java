package dev.drawbridge.gateway.resource;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// How resources are listed and watched.
@ConfigMapping(prefix = "gateway.resource")
public interface ResourceConfig {
    /// How many resources are in one answer of a list.
    @WithDefault("200")
    int pageSize();

    /// Names of built-in resource templates (`server`, `schemas`, `schema`, `table`, and with
    /// `database-` before them those of another database) whose resources are not to be there for
    /// anybody. One that there is not stops the start.
    Optional<Set<String>> off();

    /// How often a database is asked whether what somebody watches in it has changed. Nobody asks
    /// one that nobody watches.
    @WithDefault("5s")
    Duration watchInterval();

    /// How many resources one caller may watch at a time on one replica.
    @WithDefault("100")
    int watchesPerCaller();

    /// How many resources all callers together may watch at a time on one replica.
    @WithDefault("5000")
    int watches();
}
