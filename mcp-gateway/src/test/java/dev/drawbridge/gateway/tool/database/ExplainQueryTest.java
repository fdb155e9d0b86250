package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ExplainQueryTest extends GatewayCase {
    @Test
    void a_mistake_is_where_the_caller_wrote_it() {
        for (boolean analyze : new boolean[] {false, true}) {
            JsonObject error = error(explain(sql("select nope").put("analyze", analyze)));

            assertThat(error.getInteger("position")).isEqualTo(8);
        }
    }

    @Test
    void a_plan_that_is_too_long_is_not_blamed_on_another_tools_argument() {
        String name = "x".repeat(300_000);
        String sql =
                "select 1 from pg_class where relname::text in ($1 || 'a', $1 || 'b', $1 || 'c', $1"
                        + " || 'd', $1 || 'e', $1 || 'f', $1 || 'g', $1 || 'h')";
        JsonObject error = error(explain(sql(sql).put("params", new JsonArray().add(name))));

        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo("answer");
    }

    @Test
    void a_plan_reads_as_postgresql_writes_it() {
        for (String query :
                List.of(
                        "select * from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                + " where c.relname like 'pg%' order by c.relname desc limit 3",
                        "with n as materialized (select relkind, count(*) as many from pg_class"
                                + " group by relkind) select * from n where many >"
                                + " (select avg(many) from n)",
                        "select i from generate_series(1, 10) i where i in (select oid::int from"
                                + " pg_proc)",
                        "values (1), (2)")) {
            String written =
                    structured(query("alice", "explain " + query)).getJsonArray("rows").stream()
                            .map(row -> ((JsonArray) row).getString(0))
                            .collect(Collectors.joining("\n"));

            assertThat(structured(explain(sql(query))).getString("plan")).isEqualTo(written);
        }
    }

    @Test
    void what_costs_most_is_said_with_what_to_try() {
        JsonObject answer =
                explain(
                        sql("select count(*) from shop.item where price = 3")
                                .put("analyze", false));

        assertThat(structured(answer).getJsonArray("reading").getJsonObject(0).getString("about"))
                .isEqualTo("dominates");
        assertThat(text(answer)).contains("Seq Scan on item: ").contains("Try: an index");
    }

    @Test
    void a_measured_plan_counts_blocks_unless_asked_not_to() {
        JsonObject measured = sql("select count(*) from pg_class").put("analyze", true);

        assertThat(structured(explain(measured)).getString("plan"))
                .contains("Execution Time: ", "Buffers: shared hit=", "loops=1");
        assertThat(structured(explain(measured.put("buffers", false))).getString("plan"))
                .contains("Execution Time: ")
                .doesNotContain("Buffers: ");
    }

    @Test
    void without_hypopg_it_is_said_how_to_get_it() {
        JsonObject answer = explain(withIndex(new JsonObject().put("table", "shop.item")));

        JsonObject told = structured(answer).getJsonObject("hypothetical");
        assertThat(told.getBoolean("available")).isFalse();
        assertThat(told.getString("reason")).contains("hypopg");
        assertThat(structured(answer).getString("plan")).contains("Seq Scan");
        assertThat(text(answer)).contains("postgresql-18-hypopg");
    }

    @Test
    void what_describes_no_index_is_refused() {
        for (String table : List.of("shop.item (id); select 1; --", "only (select 1)", "")) {
            assertThat(refused(new JsonObject().put("table", table)))
                    .isEqualTo("hypothetical_indexes.0");
        }
        assertThat(
                        refused(
                                new JsonObject()
                                        .put("table", "shop.item")
                                        .put("where", "true) with (x")))
                .isEqualTo("hypothetical_indexes.0");
        assertThat(
                        refused(
                                new JsonObject()
                                        .put("table", "shop.item")
                                        .put(
                                                "where",
                                                "set_config('app.owner', 'bob', false) = ''")))
                .isEqualTo("hypothetical_indexes.0");
        assertThat(
                        error(
                                        explain(
                                                withIndex(
                                                                new JsonObject()
                                                                        .put("table", "shop.item"))
                                                        .put("analyze", true)))
                                .getString("field"))
                .isEqualTo("hypothetical_indexes");
    }

    private String refused(JsonObject index) {
        return error(explain(withIndex(index))).getString("field");
    }

    private static JsonObject withIndex(JsonObject index) {
        return sql("select count(*) from shop.item where price = 3")
                .put(
                        "hypothetical_indexes",
                        new JsonArray().add(index.put("columns", new JsonArray().add("price"))));
    }

    private JsonObject explain(JsonObject arguments) {
        return call("alice", "explain_query", arguments);
    }
}
