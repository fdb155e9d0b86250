package dev.drawbridge.gateway.performance;

import dev.drawbridge.gateway.pool.PoolState;
import dev.drawbridge.gateway.pool.PoolStates;
import dev.drawbridge.gateway.pool.WaitTimes;
import dev.drawbridge.gateway.target.wire.Targets;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// What the pools are doing, as metrics by connection and class of agents. Read every few seconds
/// from what they count anyway: no call pays for it.
@Singleton
final class PoolMeters {
    private static final long EVERY_MS = 2_000;
    private static final double MICROS = 1e-6;

    private final Vertx vertx;
    private final Targets targets;
    private final MeteredConnections connections;
    private final Map<String, MultiGauge> gauges = new HashMap<>();
    private final MeterRegistry registry;

    PoolMeters(
            Vertx vertx, Targets targets, MeteredConnections connections, MeterRegistry registry) {
        this.vertx = vertx;
        this.targets = targets;
        this.connections = connections;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(EVERY_MS, _ -> read());
    }

    /// Reads them now.
    synchronized void read() {
        var rows = new Rows();
        for (UUID id : targets.connections()) {
            rows.add(connections.tag(id), targets.states(id));
        }
        rows.byName.forEach((name, all) ->
                gauges.computeIfAbsent(name, _ -> MultiGauge.builder(name).register(registry))
                        .register(
                                all.entrySet().stream()
                                        .map(row -> MultiGauge.Row.of(row.getKey(), row.getValue()))
                                        .toList(),
                                true));
    }

    /// Values by the names of their metrics and their tags. What has the same tags is added up, but
    /// for waits, of which the longest counts.
    private static final class Rows {
        private final Map<String, Map<Tags, Double>> byName = new HashMap<>();

        void add(String connection, PoolStates states) {
            Tags tags = Tags.of("connection", connection);
            sum("gateway.pool.budget", tags, states.budget());
            sum("gateway.pool.open", tags, states.sessions());
            for (PoolState pool : states.pools()) {
                add(tags.and("class", pool.agentClass().text()), pool);
            }
        }

        private void add(Tags tags, PoolState pool) {
            sum("gateway.pool.sessions", tags.and("state", "idle"), pool.idle());
            sum("gateway.pool.sessions", tags.and("state", "in_use"), pool.inUse());
            sum("gateway.pool.sessions", tags.and("state", "opening"), pool.opening());
            sum("gateway.pool.waiting", tags, pool.waiting());
            sum("gateway.pool.opened", tags, pool.opened());
            sum("gateway.pool.failed", tags, pool.failed());
            sum("gateway.pool.refused", tags, pool.refused());
            WaitTimes.Summary waits = pool.waits();
            sum("gateway.pool.leases", tags, waits.count());
            longest(tags.and("quantile", "0.5"), waits.p50Us());
            longest(tags.and("quantile", "0.95"), waits.p95Us());
            longest(tags.and("quantile", "0.99"), waits.p99Us());
            longest(tags.and("quantile", "1"), waits.maxUs());
        }

        private void sum(String name, Tags tags, long value) {
            byName.computeIfAbsent(name, _ -> new HashMap<>())
                    .merge(tags, (double) value, Double::sum);
        }

        private void longest(Tags tags, long micros) {
            byName.computeIfAbsent("gateway.pool.wait", _ -> new HashMap<>())
                    .merge(tags, micros * MICROS, Math::max);
        }
    }
}
