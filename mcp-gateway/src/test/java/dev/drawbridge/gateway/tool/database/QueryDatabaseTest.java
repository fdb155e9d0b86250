package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class QueryDatabaseTest extends GatewayCase {
    @Test
    void a_caller_sees_its_own_rows_and_no_others() {
        assertThat(rows("alice", "select distinct owner from shop.item"))
                .isEqualTo("[[\"alice\"]]");
        assertThat(rows("bob", "select distinct owner from shop.item")).isEqualTo("[[\"bob\"]]");
        assertThat(rows("admin", "select count(*) from shop.item")).isEqualTo("[[0]]");
    }

    @Test
    void an_answer_has_both_forms_and_the_text_is_marked_as_data() {
        JsonObject result = query("alice", "select id, owner from shop.item where id = 2");

        JsonObject structured = result.getJsonObject("structuredContent");
        assertThat(structured.encode())
                .isEqualTo(
                        "{\"columns\":[{\"name\":\"id\",\"type\":\"int4\"},"
                                + "{\"name\":\"owner\",\"type\":\"text\"}],"
                                + "\"rows\":[[2,\"alice\"]],\"rowCount\":1,\"truncated\":false}");
        assertThat(text(result))
                .matches(
                        "(?s)<data-[0-9a-f]{16}> .*\n"
                                + "id\towner\n"
                                + "2\talice\n"
                                + "</data-[0-9a-f]{16}>\n"
                                + "1 row\\.");
    }

    @Test
    void three_hundred_thousand_rows_are_truncated_and_the_cursor_goes_on() {
        JsonObject first = structured(query("alice", "select id from shop.item order by id"));

        assertThat(first.getJsonArray("rows")).hasSize(100);
        assertThat(first.getBoolean("truncated")).isTrue();

        JsonObject second =
                structured(
                        call(
                                "alice",
                                "query_database",
                                sql("select id from shop.item order by id")
                                        .put("cursor", first.getString("nextCursor"))));
        assertThat(second.getJsonArray("rows").getJsonArray(0).getInteger(0)).isEqualTo(202);
    }

    @Test
    void wide_rows_come_in_pages_that_a_model_can_take_unless_it_says_how_many() {
        String sql = "select i, repeat('ä', 50 * i) from generate_series(1, 60) i order by i";
        List<Object> numbers = new ArrayList<>();
        int pages = 0;
        String cursor = null;
        do {
            JsonObject arguments = sql(sql).put("limit", null);
            JsonObject page =
                    structured(call("alice", "query_database", arguments.put("cursor", cursor)));
            page.getJsonArray("rows").forEach(row -> numbers.add(((JsonArray) row).getValue(0)));
            assertThat(page.encode().getBytes(UTF_8)).hasSizeLessThan(16_500);
            assertThat(page.getBoolean("truncated")).isEqualTo(page.containsKey("nextCursor"));
            cursor = page.getString("nextCursor");
            pages++;
        } while (cursor != null);

        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 60).boxed().collect(Collectors.toList()));
        assertThat(pages).isGreaterThan(5);
        assertThat(
                        structured(call("alice", "query_database", sql(sql).put("limit", 60)))
                                .getJsonArray("rows"))
                .hasSize(60);
    }

    @Test
    void a_row_is_told_however_wide_it_is() {
        JsonObject row = structured(query("alice", "select repeat('x', 100000) from shop.item"));

        assertThat(row.getJsonArray("rows")).hasSize(1);
        assertThat(row.getBoolean("truncated")).isTrue();
        assertThat(row.containsKey("nextCursor")).isTrue();
    }

    @Test
    void a_cursor_is_nobody_elses_and_no_other_statements() {
        String sql = "select id from shop.item order by id";
        String cursor = structured(query("alice", sql)).getString("nextCursor");

        assertThat(
                        error(call("bob", "query_database", sql(sql).put("cursor", cursor)))
                                .getString("field"))
                .isEqualTo("cursor");
        assertThat(
                        error(
                                        call(
                                                "alice",
                                                "query_database",
                                                sql("select 1 from shop.item")
                                                        .put("cursor", cursor)))
                                .getString("field"))
                .isEqualTo("cursor");
        assertThat(
                        error(call("alice", "query_database", sql(sql).put("cursor", "k1:x")))
                                .getString("code"))
                .isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void what_writes_or_escapes_is_rejected_and_the_next_call_is_healthy() {
        for (String sql :
                List.of(
                        "delete from shop.item",
                        "COMMIT; DROP TABLE shop.item",
                        "select * from shop.item for update",
                        "with x as (delete from shop.item returning 1) select * from x",
                        "select set_config('app.owner', 'bob', true)",
                        "select U&\"set\\005fconfig\"('app.owner', 'bob', true)",
                        "select \"set_config\"('app.owner', 'bob', true)",
                        "/* select */ set role postgres",
                        "do $$ begin end $$",
                        "copy shop.item to stdout",
                        "select * into x from shop.item",
                        "select query_to_xml('select 1', true, true, '')")) {
            JsonObject error = error(query("alice", sql));
            assertThat(error.getString("code")).as(sql).isEqualTo("QUERY_REJECTED");
            assertThat(rows("alice", "select count(distinct owner) from shop.item"))
                    .isEqualTo("[[1]]");
        }
    }

    @Test
    void ordinary_analytics_pass() {
        for (String sql :
                List.of(
                        "with t as (select owner, price from shop.item) select owner,"
                                + " percentile_cont(0.5) within group (order by price) from t group by"
                                + " owner",
                        "select id, sum(price) over (order by id rows between 2 preceding and"
                                + " current row) from shop.item limit 3",
                        "values (1, 'it''s; -- fine')",
                        "(select 1) union all (select 2)",
                        "table shop.item",
                        "select 'a' || E'\\'; drop table x' || $q$ set_config( $q$",
                        "explain (costs off) select 1",
                        "show server_version",
                        "select 1;")) {
            assertThat(query("alice", sql).getBoolean("isError")).as(sql).isFalse();
        }
    }

    @Test
    void wrong_arguments_are_named() {
        assertField("limit", sql("select 1").put("limit", "ten"));
        assertField("limit", sql("select 1").put("limit", 1001));
        assertField("limit", sql("select 1").put("limit", 0));
        assertField("limitt", sql("select 1").put("limitt", 5));
        assertField("sql", new JsonObject().put("connection_id", shop));
        assertField("params", sql("select 1").put("params", "x"));
        assertField("params", sql("select $1::int").put("params", new JsonArray().add("x")));
        assertField("database", sql("select 1").put("database", "postgres\0user\0postgres"));
        assertField("database", sql("select 1").put("database", "é".repeat(40)));
    }

    @Test
    void a_number_that_is_too_large_is_the_callers_mistake() {
        String message =
                """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query_database",
                 "arguments":{"connection_id":"%s","sql":"select $1::float8","params":[1e400]}}}
                """
                        .formatted(shop);
        var answer = new JsonObject(McpClient.connect(endpoint, "alice").post(message).body());

        JsonObject error = error(answer.getJsonObject("result"));
        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo("params.0");
    }

    @Test
    void a_statement_that_runs_too_long_is_stopped() {
        JsonObject error =
                error(query("alice", "select count(*) from generate_series(1, 1e9::bigint)"));

        assertThat(error.getString("code")).isEqualTo("QUERY_TIMEOUT");
        assertThat(rows("alice", "select 1")).isEqualTo("[[1]]");
    }

    @Test
    void a_huge_row_is_cut_and_the_next_call_is_healthy() {
        JsonObject answer = structured(query("alice", "select repeat('x', 50000000)"));

        assertThat(answer.getBoolean("truncated")).isTrue();
        assertThat(answer.getInteger("rowCount")).isZero();
        assertThat(rows("alice", "select 1")).isEqualTo("[[1]]");
    }
}
