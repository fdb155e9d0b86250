package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.PoolFixtures;
import dev.drawbridge.gateway.pool.WholeBudgets;
import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.AnswerRooms;
import dev.drawbridge.gateway.target.NetworkPolicies;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.route.LatestWrites;
import dev.drawbridge.gateway.target.route.ReadRetry;
import dev.drawbridge.gateway.target.route.RouteConfig;
import dev.drawbridge.gateway.target.route.RouteFixtures;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.Map;

/// Targets for tests, on this machine.
public final class TargetFixtures {
    private static final int OURS = 200;

    private TargetFixtures() {}

    public static Targets targets(Vertx vertx, TargetConfig config) {
        return targets(vertx, config, AnswerRooms.of(config));
    }

    static Targets targets(Vertx vertx, TargetConfig config, AnswerRoom room) {
        return targets(vertx, config, room, watches(vertx, Map.of()));
    }

    /// @param watches that nobody ticks but the test
    static Targets targets(Vertx vertx, TargetConfig config, AnswerRoom room, Watches watches) {
        return new Targets(
                vertx,
                NetworkPolicies.local(),
                config,
                room,
                new WholeBudgets(),
                PoolFixtures.config(Map.of()),
                watches);
    }

    static Watches watches(Vertx vertx, Map<String, String> settings) {
        RouteConfig config = RouteFixtures.config(settings);
        return new Watches(vertx, config, new LatestWrites(config), new ReadRetry(config));
    }

    /// What is not among `settings` is as it is by default.
    public static TargetConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, OURS, new DurationConverter())
                .withMapping(TargetConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(TargetConfig.class);
    }
}
