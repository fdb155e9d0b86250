package dev.drawbridge.gateway.target.route;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// How it is found out whether databases can be reached, and which endpoint of a connection serves.
@ConfigMapping(prefix = "gateway.route")
public interface RouteConfig {
    /// Where this gateway is, in the words that endpoints say their `region` in. Replicas there
    /// serve before others.
    Optional<String> region();

    /// How far a replica may be behind its primary and still serve reads. A caller who wrote reads
    /// the primary until a replica has that write, however short this is.
    @WithDefault("10s")
    Duration maxLag();

    /// How often the endpoints of a connection that has several are looked at while it is used, and
    /// one that cannot be reached is tried again.
    @WithDefault("500ms")
    Duration watchEvery();

    /// How long an endpoint may owe every answer before it is asked whether it is still there.
    @WithDefault("250ms")
    Duration silence();

    /// How long it may take to answer that. Where the way is longer, four times its round trip.
    @WithDefault("300ms")
    Duration probeTimeout();

    /// After how many failures in a row an endpoint is given up, until it answers again.
    @WithDefault("3")
    int failures();

    /// How often a read is tried at most, when the session is lost under it.
    @WithDefault("3")
    int tries();

    /// How long before the second try; about twice as long before each further one.
    @WithDefault("100ms")
    Duration firstPause();
}
