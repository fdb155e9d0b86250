package dev.drawbridge.system.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;

/// What a caller gets through Drawbridge is what PostgreSQL gives the same identity set by hand.
@WithSuite
class RowTruthTest {
    private static final List<String> TABLES =
            List.of("stores", "customers", "orders", "order_items", "products");

    private final Suite suite;

    RowTruthTest(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @EnumSource(RetailIdentity.class)
    void counts_what_the_identity_may_see_in_every_table(RetailIdentity identity) {
        var session = McpSession.open(suite, identity.token(suite));

        for (String table : TABLES) {
            String sql = "select count(*) from retail." + table;
            assertThat(session.query(suite.connection(), sql).rows())
                    .as(table)
                    .isEqualTo(identity.truth(suite, sql));
        }
    }

    @ParameterizedTest
    @EnumSource(RetailIdentity.class)
    void count_rows_agrees_with_the_database(RetailIdentity identity) {
        var counted =
                McpSession.open(suite, identity.token(suite))
                        .call(
                                "count_rows",
                                Map.of(
                                        "connection_id",
                                        suite.connection(),
                                        "schema",
                                        "retail",
                                        "table",
                                        "orders",
                                        "filters",
                                        List.of(
                                                Map.of(
                                                        "column",
                                                        "total_amount",
                                                        "op",
                                                        "gt",
                                                        "value",
                                                        100))));

        assertThat(counted.structured().path("count").asText())
                .isEqualTo(
                        identity.truth(
                                        suite,
                                        "select count(*) from retail.orders where total_amount > 100")
                                .getFirst()
                                .getFirst());
    }

    @Test
    void gives_the_store_manager_nothing_of_another_store() {
        var orders =
                McpSession.open(suite, RetailIdentity.STORE_MANAGER.token(suite))
                        .query(suite.connection(), "select distinct store_id from retail.orders");

        assertThat(orders.column("store_id")).containsExactly("7");
    }

    @Test
    void gives_the_regional_manager_nothing_of_another_region() {
        var regions =
                McpSession.open(suite, RetailIdentity.REGIONAL_MANAGER.token(suite))
                        .query(
                                suite.connection(),
                                """
                                select distinct s.region
                                  from retail.orders o join retail.stores s on s.id = o.store_id
                                """);

        assertThat(regions.column("region")).containsExactly("West");
    }

    @Test
    void sees_fewer_rows_the_narrower_the_role() {
        var counts =
                List.of(RetailIdentity.values()).stream()
                        .map(identity ->
                                identity.truth(suite, "select count(*) from retail.orders"))
                        .map(rows -> Long.parseLong(rows.getFirst().getFirst()))
                        .toList();

        assertThat(counts).isSorted().doesNotHaveDuplicates();
        assertThat(counts.getFirst()).isPositive();
        assertThat(counts.getLast()).isGreaterThanOrEqualTo(200_000);
    }
}
