package dev.drawbridge.gateway.performance;

import dev.drawbridge.gateway.performance.Period.ToolOf;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The same as metrics, by tool and connection.
final class Meters {
    private static final String CANCELLED = "QUERY_CANCELLED";

    private final MeterRegistry registry;
    private final MeteredConnections connections;
    private final Map<ToolOf, OfTool> known = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry, MeteredConnections connections) {
        this.registry = registry;
        this.connections = connections;
    }

    private record OfTool(Timer query, Counter slow, Counter cancelled, Counter truncated) {}

    void add(ToolOf key, Observed call, boolean isSlow) {
        OfTool meters = known.get(key);
        if (meters == null) {
            meters = known.computeIfAbsent(key, this::make);
        }
        if (call.served()) {
            meters.query().record(call.servedNanos(), TimeUnit.NANOSECONDS);
        }
        if (isSlow) {
            meters.slow().increment();
        }
        if (call.cut()) {
            meters.truncated().increment();
        }
        if (call.outcome().equals(CANCELLED)) {
            meters.cancelled().increment();
        }
    }

    private OfTool make(ToolOf key) {
        String connection = connections.tag(key.connection());
        return new OfTool(
                registry.timer("gateway.query", "tool", key.tool(), "connection", connection),
                registry.counter("gateway.query.slow", "connection", connection),
                registry.counter("gateway.query.cancelled", "connection", connection),
                registry.counter("gateway.query.truncated", "connection", connection));
    }
}
