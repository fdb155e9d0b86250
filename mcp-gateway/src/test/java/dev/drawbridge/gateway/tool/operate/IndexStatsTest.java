package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.OperatedServer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// Indexes that are too many, and those that are missing.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class IndexStatsTest extends OperateCase {
    /// Each of these is alike to `kept (a, b)` but for one thing that makes it another index.
    private static final String ALIKE =
            """
            drop schema if exists alike cascade;
            create schema alike;
            create table alike.t (a text not null, b int not null, c int, d int, primary key (d));
            create index kept on alike.t (a, b);
            create index shorter on alike.t (a);
            create index same on alike.t (a, b);
            create index other_order on alike.t (b, a);
            create index descending on alike.t (a desc);
            create index other_class on alike.t (a text_pattern_ops);
            create index other_collation on alike.t (a collate "C");
            create index partial on alike.t (a) where c > 0;
            create index hashed on alike.t using hash (a);
            create index including on alike.t (a) include (d);
            create unique index unique_pair on alike.t (a, b, c);
            create index expression on alike.t (lower(a));
            create index expression_again on alike.t (lower(a));
            create index on_key on alike.t (d);
            """;

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void indexes_that_others_cover_are_named_and_no_others(String version) {
        OperatedServer.of(version).run(ALIKE);

        JsonObject told = told(version, "index_stats", "schema", "alike", "limit", 100);

        List<String> covered =
                list(told, "covered").stream()
                        .map(it -> it.getString("index") + " " + it.getString("kind"))
                        .toList();
        assertThat(covered)
                .containsExactlyInAnyOrder(
                        "alike.shorter redundant",
                        "alike.same duplicate",
                        "alike.kept redundant",
                        "alike.expression_again duplicate",
                        "alike.on_key duplicate");
        OperatedServer.of(version).run("drop schema alike cascade");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void unused_invalid_and_missing_ones_are_named(String version) {
        JsonObject told = told(version, "index_stats", "schema", "ops", "limit", 100);

        one(told, "unused", "index", "ops.account_region_again");
        assertThat(list(told, "unused"))
                .noneMatch(it -> it.getString("index").endsWith("_pkey"))
                .allMatch(it -> it.getLong("scans") == 0);
        one(told, "invalid", "index", "ops.twice_a");
        JsonObject missing = one(told, "unindexed", "foreignKey", "payment_account_fkey");
        assertThat(missing.getString("create"))
                .isEqualTo("create index concurrently on ops.payment (account)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void a_large_table_that_is_read_in_sequence_is_named(String version) {
        OperatedServer server = OperatedServer.of(version);
        server.run(
                """
                set max_parallel_workers_per_gather = 0;
                do $$ begin for i in 1..60 loop
                    perform count(*) from ops.payment where amount = 5; end loop; end $$;
                """);

        JsonObject scanned =
                one(
                        told(version, "index_stats", "schema", "ops"),
                        "scanned",
                        "table",
                        "ops.payment");

        assertThat(scanned.getLong("seqScans")).isGreaterThanOrEqualTo(60);
        assertThat(scanned.getLong("rowsPerSeqScan")).isBetween(30_000L, 40_000L);
    }
}
