package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.List;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class SampleRowsTest extends TableTools {
    @Test
    void rows_of_a_small_table_are_any_of_it_and_long_values_are_cut() {
        JsonObject sample = ask("sample_rows", on("parcel").put("limit", 50));

        assertThat(sample.getInteger("rowCount")).isEqualTo(4);
        assertThat(sample.getString("sampling")).contains("whole table");
        String body =
                ask("sample_rows", on("big").put("columns", list("body")).put("limit", 1))
                        .getJsonArray("rows")
                        .getJsonArray(0)
                        .getString(0);
        assertThat(body)
                .hasSize(200 + "… (500 characters)".length())
                .endsWith("… (500 characters)");
    }

    @Test
    void rows_of_a_large_table_are_from_pages_all_over_it() {
        JsonObject sample =
                ask("sample_rows", on("big").put("columns", list("id")).put("limit", 50));
        List<Integer> ids =
                sample.getJsonArray("rows").stream()
                        .map(row -> ((JsonArray) row).getInteger(0))
                        .toList();

        assertThat(sample.getString("sampling")).contains("random pages");
        assertThat(ids).hasSize(50).doesNotHaveDuplicates();
        assertThat(ids).anyMatch(id -> id < 10_000).anyMatch(id -> id > 10_000);
    }

    @Test
    void the_rows_are_the_callers_however_few_pages_hold_one() {
        JsonObject sample =
                ask("sample_rows", on("mine").put("columns", list("owner")).put("limit", 50));

        assertThat(sample.getInteger("rowCount")).isEqualTo(50);
        assertThat(sample.getJsonArray("rows")).containsOnly(list("alice"));
    }

    @Test
    void views_and_partitioned_tables_are_sampled_too() {
        assertThat(ask("sample_rows", on("heavy")).getString("sampling")).contains("first rows");
        assertThat(ask("sample_rows", on("log")).getInteger("rowCount")).isEqualTo(2);
        assertThat(ask("sample_rows", on("partly")).getJsonArray("rows").encode())
                .isEqualTo("[[1,\"o\"]]");
        assertThat(ask("sample_rows", on("bare")).getJsonArray("rows").encode()).isEqualTo("[[]]");
    }

    @Test
    void what_is_not_there_is_told() {
        assertThat(refusal("sample_rows", on("secret")).getString("code")).isEqualTo("NOT_FOUND");
        JsonObject error = refusal("sample_rows", on("person").put("columns", list("name", "nam")));
        assertThat(error.getString("field")).isEqualTo("columns.1");
        assertThat(error.getString("detail")).contains("id, name, boss");
        assertThat(
                        refusal("sample_rows", on("pg_authid").put("schema", "pg_catalog"))
                                .getString("code"))
                .isIn("NOT_FOUND", "QUERY_REJECTED");
    }
}
