package dev.drawbridge.gateway.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.gateway.audit.Statements;
import dev.drawbridge.testkit.LogReader;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

class PerformanceTest {
    private static final UUID SHOP = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Performance performance = performance(Duration.ofMinutes(15));

    @Test
    void sums_up_by_tool_and_by_statement() {
        for (int i = 1; i <= 100; i++) {
            performance.observe(call(SHOP, "query_database", "select " + i, i, "OK"));
        }
        performance.observe(call(SHOP, "get_schema", null, 40, "OK"));
        performance.observe(call(OTHER, "query_database", "select 1", 900, "OK"));

        Summary summary = performance.of(SHOP);

        assertThat(summary.all().count()).isEqualTo(101);
        assertThat(summary.tools())
                .extracting(Summary.OfTool::tool)
                .containsExactly("get_schema", "query_database");
        assertThat(summary.statements()).hasSize(1);
        Summary.OfStatement statement = summary.statements().getFirst();
        assertThat(statement.statement()).isEqualTo("select ?");
        assertThat(statement.times().count()).isEqualTo(100);
        assertThat(statement.times().meanMs()).isEqualTo(50.5, within(0.1));
        assertThat(statement.times().p95Ms()).isEqualTo(95, within(95 / 15.0));
        assertThat(statement.times().maxMs()).isEqualTo(100, within(100 / 15.0));
    }

    @Test
    void counts_what_failed_by_its_code_and_times_what_came_to_the_database() {
        performance.observe(call(SHOP, "query_database", "select 1", 10, "QUERY_TIMEOUT"));
        performance.observe(refused("OVERLOADED"));
        performance.observe(refused("OVERLOADED"));
        performance.observe(call(SHOP, "query_database", "select 1", 30, "OK"));

        Times times = performance.of(SHOP).all();

        assertThat(times.count()).isEqualTo(4);
        assertThat(times.served()).isEqualTo(2);
        assertThat(times.meanMs()).isEqualTo(20, within(0.1));
        assertThat(times.errors()).isEqualTo(3);
        assertThat(times.errorsByCode())
                .containsEntry("QUERY_TIMEOUT", 1L)
                .containsEntry("OVERLOADED", 2L);
    }

    @Test
    void lists_and_logs_what_is_slow_without_its_literals() {
        try (LogReader log = LogReader.of("dev.drawbridge.gateway.performance")) {
            performance.observe(
                    call(SHOP, "query_database", "select 'pass' || 'phrase-417'", 1_000, "OK"));
            performance.observe(call(SHOP, "query_database", "select 2", 999, "OK"));

            SlowCall slow = performance.of(SHOP).slowCalls().getFirst();

            assertThat(performance.of(SHOP).slowCalls()).hasSize(1);
            assertThat(performance.of(SHOP).all().slow()).isEqualTo(1);
            assertThat(slow.statement()).isEqualTo("select ? || ?");
            assertThat(slow.ms()).isEqualTo(1_000);
            assertThat(slow.trace()).isEqualTo(TRACE);
            assertThat(log.lines().stream().filter(line -> line.contains("Slow")))
                    .singleElement()
                    .asString()
                    .contains("1000 ms", TRACE, String.valueOf(slow.fingerprint()))
                    .doesNotContain("phrase-417");
        }
    }

    @Test
    void keeps_a_bounded_number_of_statements_and_of_slow_calls() {
        for (int i = 0; i < 500; i++) {
            performance.observe(call(SHOP, "query_database", "select 1 as c_" + i, 2_000, "OK"));
        }

        Summary summary = performance.of(SHOP);

        assertThat(summary.all().count()).isEqualTo(500);
        assertThat(summary.slowCalls()).hasSize(5);
        assertThat(summary.slowCalls().getFirst().statement()).isEqualTo("select ? as c_499");
    }

    @Test
    void forgets_what_is_older_than_two_periods() {
        var fleeting = performance(Duration.ofNanos(1));

        fleeting.observe(call(SHOP, "query_database", "select 1", 1, "OK"));

        assertThat(fleeting.of(SHOP).all().count()).isZero();
        assertThat(performance.of(SHOP).all().count()).isZero();
    }

    @Test
    void measures_by_tool_and_connection_and_the_rest_of_the_connections_together() {
        performance.observe(call(SHOP, "query_database", "select 1", 1_500, "OK"));
        performance.observe(call(OTHER, "query_database", "select 1", 10, "QUERY_CANCELLED"));
        performance.observe(call(UUID.randomUUID(), "get_schema", null, 10, "OK"));
        performance.observe(call(UUID.randomUUID(), "get_schema", null, 10, "OK"));

        assertThat(
                        registry.get("gateway.query")
                                .tags("tool", "query_database", "connection", SHOP.toString())
                                .timer()
                                .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(1_500);
        assertThat(registry.get("gateway.query").tag("connection", "other").timer().count())
                .isEqualTo(2);
        assertThat(
                        registry.get("gateway.query.slow")
                                .tag("connection", SHOP.toString())
                                .counter()
                                .count())
                .isEqualTo(1);
        assertThat(
                        registry.get("gateway.query.cancelled")
                                .tag("connection", OTHER.toString())
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    private Performance performance(Duration period) {
        var config =
                new PerformanceConfig() {
                    @Override
                    public Duration slow() {
                        return Duration.ofSeconds(1);
                    }

                    @Override
                    public Duration period() {
                        return period;
                    }

                    @Override
                    public int statements() {
                        return 20;
                    }

                    @Override
                    public int slowCalls() {
                        return 5;
                    }

                    @Override
                    public int meteredConnections() {
                        return 2;
                    }
                };
        return new Performance(config, new Statements(), new MeteredConnections(config), registry);
    }

    private static Observed call(
            UUID connection, String tool, String sql, long ms, String outcome) {
        long nanos = Duration.ofMillis(ms).toNanos();
        return new Observed(connection, "shop", tool, sql, nanos, outcome, 1, false, TRACE);
    }

    private static Observed refused(String code) {
        return new Observed(SHOP, "shop", "query_database", "select 1", -1, code, 0, false, TRACE);
    }
}
