package dev.drawbridge.gateway.performance;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.audit.StatementText;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What was seen in a span of time.
final class Period {
    private final Instant since = Instant.now();
    private final long began = System.nanoTime();
    private final Map<ToolOf, Tally> tools = new ConcurrentHashMap<>();
    private final Cache<StatementOf, Tally> statements;

    /// @param mostStatements that are told from one another
    Period(int mostStatements) {
        this.statements = Caffeine.newBuilder().maximumSize(mostStatements).build();
    }

    /// A tool on a connection: there are as many as tools are registered.
    record ToolOf(UUID connection, String tool) {}

    /// A statement on a connection.
    record StatementOf(UUID connection, StatementText text) {}

    Instant since() {
        return since;
    }

    boolean isOlderThan(long nanos) {
        return System.nanoTime() - began > nanos;
    }

    Tally of(ToolOf key) {
        Tally known = tools.get(key);
        return known != null ? known : tools.computeIfAbsent(key, _ -> new Tally());
    }

    Tally of(StatementOf key) {
        return statements.get(key, _ -> new Tally());
    }

    Map<ToolOf, Tally> tools() {
        return tools;
    }

    Map<StatementOf, Tally> statements() {
        return statements.asMap();
    }
}
