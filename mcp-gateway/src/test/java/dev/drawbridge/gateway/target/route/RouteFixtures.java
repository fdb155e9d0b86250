package dev.drawbridge.gateway.target.route;

import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.PoolMode;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.time.Duration;
import java.util.Map;

/// Routing for tests.
public final class RouteFixtures {
    private static final int OURS = 200;

    private RouteFixtures() {}

    /// What is not among `settings` is as it is by default.
    public static RouteConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, OURS, new DurationConverter())
                .withMapping(RouteConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(RouteConfig.class);
    }

    static EndpointState state(String host, Endpoint.Role role, String region) {
        var endpoint = new Endpoint(host, 5432, PoolMode.DIRECT, role, region);
        return new EndpointState(endpoint, config(Map.of()), _ -> true, _ -> {});
    }
}
