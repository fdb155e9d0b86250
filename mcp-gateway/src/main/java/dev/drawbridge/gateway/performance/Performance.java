package dev.drawbridge.gateway.performance;

import dev.drawbridge.audit.StatementText;
import dev.drawbridge.gateway.audit.Statements;
import dev.drawbridge.gateway.performance.Period.StatementOf;
import dev.drawbridge.gateway.performance.Period.ToolOf;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Sees every call of a tool that came to a connection, behind its answer. What it remembers is
/// this gateway's alone, and bounded.
@Singleton
public final class Performance {
    private static final int MOST_SHOWN = 100;

    private final PerformanceConfig config;
    private final Statements statements;
    private final Meters meters;
    private final SlowCalls slowCalls;
    private final long slowNanos;
    private final long periodNanos;
    private volatile Period present;
    private volatile Period before;

    Performance(
            PerformanceConfig config,
            Statements statements,
            MeteredConnections connections,
            MeterRegistry registry) {
        this.config = config;
        this.statements = statements;
        this.meters = new Meters(registry, connections);
        this.slowCalls = new SlowCalls(config.slowCalls());
        this.slowNanos = config.slow().toNanos();
        this.periodNanos = config.period().toNanos();
        this.present = new Period(config.statements());
        this.before = present;
    }

    /// Takes a call into account.
    public void observe(Observed call) {
        boolean isSlow = call.servedNanos() >= slowNanos;
        var tool = new ToolOf(call.connection(), call.tool());
        meters.add(tool, call, isSlow);
        Period now = now();
        now.of(tool).add(call, isSlow);
        StatementText text = text(call);
        if (text != null) {
            now.of(new StatementOf(call.connection(), text)).add(call, isSlow);
        }
        if (isSlow) {
            slowCalls.add(call, text);
        }
    }

    /// How calls on a connection performed.
    public Summary of(UUID connection) {
        Period now = now();
        Period earlier = before;
        var all = new Tally();
        Map<String, Tally> tools = new HashMap<>();
        Map<StatementText, Tally> texts = new HashMap<>();
        Stream.of(earlier, now)
                .distinct()
                .forEach(period -> {
                    period.tools()
                            .forEach((of, tally) -> {
                                if (of.connection().equals(connection)) {
                                    all.add(tally);
                                    tools.computeIfAbsent(of.tool(), _ -> new Tally()).add(tally);
                                }
                            });
                    period.statements()
                            .forEach((of, tally) -> {
                                if (of.connection().equals(connection)) {
                                    texts.computeIfAbsent(of.text(), _ -> new Tally()).add(tally);
                                }
                            });
                });
        return new Summary(
                earlier.since(),
                config.slow().toMillis(),
                all.times(),
                tools.entrySet().stream()
                        .map(one -> new Summary.OfTool(one.getKey(), one.getValue().times()))
                        .sorted(Comparator.comparing(Summary.OfTool::tool))
                        .toList(),
                texts.entrySet().stream()
                        .map(one -> statement(one.getKey(), one.getValue().times()))
                        .sorted(Comparator.comparingDouble(Performance::total).reversed())
                        .limit(MOST_SHOWN)
                        .toList(),
                slowCalls.of(connection));
    }

    private static Summary.OfStatement statement(StatementText text, Times times) {
        return new Summary.OfStatement(text.fingerprint(), text.text(), times);
    }

    private static double total(Summary.OfStatement one) {
        return one.times().meanMs() * one.times().served();
    }

    private @Nullable StatementText text(Observed call) {
        return call.sql() == null ? null : statements.of(call.sql()).orElse(null);
    }

    private Period now() {
        Period now = present;
        return now.isOlderThan(periodNanos) ? next(now) : now;
    }

    private synchronized Period next(Period old) {
        if (present == old) {
            boolean isLong = old.isOlderThan(2 * periodNanos);
            present = new Period(config.statements());
            before = isLong ? present : old; // What is from before that is too old.
        }
        return present;
    }
}
