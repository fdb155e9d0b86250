package dev.drawbridge.gateway.pool;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.time.Duration;
import java.util.Map;

/// Pools for tests.
public final class PoolFixtures {
    private static final int OURS = 200;

    private PoolFixtures() {}

    /// What is not among `settings` is as it is by default.
    public static PoolConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, OURS, new DurationConverter())
                .withMapping(PoolConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(PoolConfig.class);
    }

    public static Policies policies() {
        return policies(Map.of());
    }

    public static Policies policies(Map<String, String> settings) {
        return new Policies(config(settings));
    }

    /// So many sessions for each class, and so long to wait for one.
    public static ClassPolicies classes(int sessions, Duration queueWait) {
        return ClassPolicies.defaults(Environment.PROD)
                .map(policy ->
                        new ClassPolicy(
                                sessions,
                                20_000,
                                queueWait,
                                policy.statementTimeout(),
                                policy.idleTimeout(),
                                policy.priority(),
                                100));
    }
}
