package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Missing indexes that were planted are found, with HypoPG on the oldest PostgreSQL and without on
/// the newest; once they are made they are used, and nothing more is recommended.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlantedWorkloadTest extends PlantedCase {
    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"oldest", "newest"})
    void nothing_is_recommended_where_no_index_would_help(String version) {
        assertThat(recommended(version, "analyst", PlantedQueries.SERVED)).isEmpty();
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"oldest", "newest"})
    void each_planted_index_is_found(String version) {
        List<String> wrong = new ArrayList<>();
        PlantedQueries.MISSING.forEach((queries, index) -> {
            List<JsonObject> found = recommended(version, "analyst", queries);
            if (found.size() != 1
                    || !found.getFirst().getString("sql").matches(".*" + index + ".*")) {
                wrong.add(index + " but " + found);
            }
        });
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"oldest", "newest"})
    void a_workload_is_for_who_looks_after_the_database(String version) {
        JsonObject refused = error(call("analyst", "recommend_indexes", on(version)));

        assertThat(refused.getString("code")).isEqualTo("AUTHORIZATION_ERROR");
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"oldest", "newest"})
    void what_is_recommended_is_used_when_it_is_made_and_then_nothing_is(String version) {
        run(version);
        Set<String> made = new LinkedHashSet<>();
        make(version, made, workload(version));
        server(version).vacuum();

        assertThat(made).hasSizeGreaterThan(PlantedQueries.MISSING.size() - 5);
        for (List<String> queries : PlantedQueries.MISSING.keySet()) {
            make(version, made, recommended(version, "analyst", queries));
        }
        assertThat(made)
                .hasSizeBetween(PlantedQueries.MISSING.size(), PlantedQueries.MISSING.size() + 3);
        server(version).vacuum();
        String plans = plans(version);
        assertThat(made)
                .filteredOn(plans::contains)
                .hasSizeGreaterThanOrEqualTo(PlantedQueries.MISSING.size());
        assertThat(workload(version)).isEmpty();
        for (List<String> queries : PlantedQueries.MISSING.keySet()) {
            assertThat(recommended(version, "analyst", queries)).as("%s", queries).isEmpty();
        }
        assertThat(recommended(version, "analyst", PlantedQueries.SERVED)).isEmpty();
    }

    private static void make(String version, Set<String> made, List<JsonObject> recommended) {
        for (JsonObject index : recommended) {
            made.add(index.getString("id").replace("missing_index:", ""));
            server(version).postgres().run(index.getString("sql").replace(";", ""));
        }
    }

    @ParameterizedTest
    @Order(5)
    @ValueSource(strings = {"oldest", "newest"})
    void sizes_of_tables_with_row_level_security_are_for_who_looks_after_the_database(
            String version) {
        List<String> query = List.of("select id from trade.secret where price = 77");

        assertThat(recommended(version, "analyst", query))
                .isNotEmpty()
                .allSatisfy(it ->
                        assertThat(it.fieldNames())
                                .doesNotContain("sizeBytes", "writesPerSecond", "writesCounted"));
        assertThat(recommended(version, "dba", query))
                .allSatisfy(it -> assertThat(it.fieldNames()).contains("sizeBytes"));
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(strings = {"oldest", "newest"})
    void what_cannot_be_looked_at_is_said(String version) {
        JsonObject answer =
                structured(
                        call(
                                "analyst",
                                "recommend_indexes",
                                on(version)
                                        .put(
                                                "queries",
                                                new JsonArray()
                                                        .add("delete from trade.visit")
                                                        .add("select nope from trade.visit"))));

        assertThat(answer.getJsonArray("recommendations")).isEmpty();
        assertThat(answer.getJsonArray("skipped").encode())
                .contains("queries.0", "queries.1", "column \\\"nope\\\" does not exist");
    }

    @ParameterizedTest
    @Order(7)
    @ValueSource(strings = {"oldest", "newest"})
    void parameters_need_no_values(String version) {
        assertThat(
                        recommended(
                                version,
                                "analyst",
                                List.of(
                                        "select id from trade.line where amount = $1 and remark = $2")))
                .isNotNull();
    }

    @ParameterizedTest
    @Order(9)
    @ValueSource(strings = {"oldest", "newest"})
    void readers_see_top_queries_without_literals(String version) {
        server(version).postgres().run("select pg_stat_statements_reset()");
        server(version).postgres().run("comment on table trade.event is 'a secret word'");

        JsonObject all = on(version).put("limit", 50).put("sort", "calls");
        assertThat(structured(call("analyst", "top_queries", all)).encode())
                .contains("comment on table trade.event is ?")
                .doesNotContain("a secret word");
        assertThat(text(call("analyst", "top_queries", all))).contains("without literals");
        assertThat(structured(call("dba", "top_queries", all)).encode()).contains("a secret word");
    }

    @ParameterizedTest
    @Order(8)
    @ValueSource(strings = {"oldest", "newest"})
    void top_queries_come_in_the_order_that_is_asked_for(String version) {
        Map<String, String> fields =
                Map.of(
                        "total_time", "totalMs",
                        "mean_time", "meanMs",
                        "calls", "calls",
                        "rows", "rows",
                        "temp", "tempBlocks",
                        "wal", "walBytes");
        fields.forEach((sort, field) -> {
            JsonObject answer = call("dba", "top_queries", on(version).put("sort", sort));
            List<Double> values =
                    structured(answer).getJsonArray("queries").stream()
                            .map(query -> ((JsonObject) query).getDouble(field))
                            .toList();
            assertThat(values).as(sort).hasSize(10).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(text(answer).length()).isLessThan(8_000);
        });
    }

    @Test
    @Order(10)
    void without_pg_stat_statements_it_is_said_how_to_get_it() {
        on("newest");
        for (String tool : List.of("top_queries", "recommend_indexes")) {
            JsonObject answer = structured(call("dba", tool, on()));

            assertThat(answer.getBoolean("available")).as(tool).isFalse();
            assertThat(answer.getString("reason")).contains("CREATE EXTENSION pg_stat_statements");
        }
    }

    @Test
    @Order(11)
    void a_plan_with_a_hypothetical_index_is_compared_and_nothing_of_it_is_left() {
        JsonObject plain =
                on("oldest").put("sql", "select id from trade.customer where region = 3");
        JsonObject with =
                plain.copy()
                        .put(
                                "hypothetical_indexes",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("table", "trade.customer")
                                                        .put(
                                                                "columns",
                                                                new JsonArray()
                                                                        .add("region")
                                                                        .add("id"))));
        String before = structured(call("analyst", "explain_query", plain)).getString("plan");

        JsonObject told =
                structured(call("analyst", "explain_query", with)).getJsonObject("hypothetical");

        assertThat(told.getDouble("costWith")).isLessThan(told.getDouble("costWithout") / 2);
        assertThat(told.getJsonArray("used").encode()).contains("customer_region_id");
        JsonObject wrong = with.copy();
        wrong.getJsonArray("hypothetical_indexes")
                .getJsonObject(0)
                .put("columns", new JsonArray().add("nope"));
        assertThat(error(call("analyst", "explain_query", wrong)).getString("code"))
                .isEqualTo("DATABASE_ERROR");
        for (int i = 0; i < 3; i++) {
            assertThat(structured(call("analyst", "explain_query", plain)).getString("plan"))
                    .isEqualTo(before);
        }
    }

    private void run(String version) {
        for (List<String> queries : PlantedQueries.MISSING.keySet()) {
            for (String query : queries) {
                if (!query.equals(PlantedQueries.PARTIAL)) {
                    server(version).postgres().run(query);
                }
            }
        }
        PlantedQueries.SERVED.forEach(server(version).postgres()::run);
    }

    private String plans(String version) {
        var plans = new StringBuilder();
        for (List<String> queries : PlantedQueries.MISSING.keySet()) {
            for (String query : queries) {
                plans.append(
                        structured(call("analyst", "explain_query", on(version).put("sql", query)))
                                .getString("plan"));
            }
        }
        return plans.toString();
    }
}
