package dev.drawbridge.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How much may be asked for in a span of time, at all replicas together: all of it at once, then
/// as much again spread evenly over the span. A token's own rate is said where it is made.
@ConfigMapping(prefix = "gateway.limit")
public interface LimitConfig {
    /// The span of time.
    @WithDefault("1m")
    Duration within();

    /// Requests of a tenant's callers together.
    @WithDefault("3000000")
    OptionalLong requestsPerTenant();

    /// Requests of a tenant's callers from one address.
    @WithDefault("3000000")
    OptionalLong requestsPerAddress();

    /// Calls of one tool by a tenant's callers. Any number when left out.
    OptionalLong requestsPerTool();

    /// Rows that are read over a connection. Any number when left out.
    OptionalLong rowsPerConnection();

    /// Bytes of JSON that are read over a connection. Any number when left out.
    OptionalLong bytesPerConnection();

    /// How long a connection's database may work, in all its sessions. Any time when left out.
    Optional<Duration> databaseTimePerConnection();

    /// A Redis that counts instead of the datastore, such as `redis://host:6379`. For when the
    /// datastore is the bottleneck.
    Optional<String> redisUrl();
}
