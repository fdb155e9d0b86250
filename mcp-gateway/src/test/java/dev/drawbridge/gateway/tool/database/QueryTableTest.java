package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.Set;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class QueryTableTest extends TableTools {
    @Test
    void columns_are_read_by_filters_in_order() {
        JsonObject call =
                on("parcel")
                        .put("select", list("id", of("column", "state", "as", "is")))
                        .put("filters", list(filter("sender", "eq", 1)))
                        .put("order", list(of("column", "is", "dir", "desc"), "id"));

        assertThat(ask("query_table", call).encode())
                .isEqualTo(
                        "{\"columns\":[{\"name\":\"id\",\"type\":\"int4\"},"
                                + "{\"name\":\"is\",\"type\":\"text\"}],"
                                + "\"rows\":[[2,\"lost\"],[1,\"sent\"]],"
                                + "\"rowCount\":2,\"truncated\":false}");
    }

    @Test
    void all_columns_come_if_none_is_named() {
        assertThat(rows("query_table", on("address").put("order", list("person"))))
                .isEqualTo("[[1,\"Riga\"],[2,\"Oslo\"]]");
    }

    @Test
    void nulls_stand_where_they_are_wanted() {
        for (String place : new String[] {"first", "last"}) {
            String rows =
                    rows(
                            "query_table",
                            on("parcel")
                                    .put("select", list("weight"))
                                    .put("order", list(of("column", "weight", "nulls", place))));

            assertThat(rows)
                    .isEqualTo(
                            place.equals("first")
                                    ? "[[null],[0.25],[1.5],[12.0]]"
                                    : "[[0.25],[1.5],[12.0],[null]]");
        }
    }

    @Test
    void aggregates_are_grouped_by_the_columns_beside_them() {
        JsonObject call =
                on("parcel")
                        .put(
                                "select",
                                list(
                                        "sender",
                                        of("fn", "count"),
                                        of("fn", "sum", "column", "weight"),
                                        of("fn", "count_distinct", "column", "state", "as", "n")))
                        .put("order", list(of("column", "count", "dir", "desc"), "sender"));

        assertThat(ask("query_table", call).getJsonArray("columns").encode())
                .contains("\"sender\"", "\"count\"", "\"sum_weight\"", "\"n\"");
        assertThat(rows("query_table", call)).isEqualTo("[[1,2,13.5,2],[2,1,null,1],[3,1,0.25,1]]");
    }

    @Test
    void a_cursor_goes_on_with_the_same_arguments_only() {
        JsonObject call = on("made").put("select", list("id")).put("order", list("id"));
        JsonObject first = ask("query_table", call.copy().put("limit", 90));
        String cursor = first.getString("nextCursor");

        assertThat(first.getBoolean("truncated")).isTrue();
        assertThat(first.getJsonArray("rows")).hasSize(90);
        assertThat(rows("query_table", call.copy().put("limit", 2).put("cursor", cursor)))
                .isEqualTo("[[91],[92]]");
        assertThat(
                        refusal(
                                        "query_table",
                                        call.copy()
                                                .put("filters", list(filter("n", "eq", 1)))
                                                .put("cursor", cursor))
                                .getString("field"))
                .isEqualTo("cursor");
    }

    @Test
    void pages_are_parts_of_one_whole_though_the_order_leaves_rows_equal() {
        for (JsonObject call :
                new JsonObject[] {
                    on("made").put("order", list("b")).put("select", list("id")),
                    on("made").put("select", list("id", of("fn", "count")))
                }) {
            Set<Object> seen = new HashSet<>();
            String cursor = null;
            do {
                JsonObject page =
                        ask(
                                "query_table",
                                call.copy()
                                        .put("limit", 70)
                                        .mergeIn(
                                                cursor == null
                                                        ? new JsonObject()
                                                        : of("cursor", cursor)));
                page.getJsonArray("rows").forEach(row -> seen.add(((JsonArray) row).getValue(0)));
                cursor = page.getString("nextCursor");
            } while (cursor != null);

            assertThat(seen).hasSize(ask("count_rows", on("made")).getInteger("count"));
        }
    }

    @Test
    void rows_without_a_key_are_put_in_order_by_their_place() {
        JsonObject call = on("log").put("order", list("what")).put("select", list("what"));

        assertThat(rows("query_table", call)).isEqualTo("[[\"early\"],[\"late\"]]");
        assertThat(rows("query_table", on("heavy").put("order", list("weight"))))
                .isEqualTo("[[1,1.5],[2,12.0]]");
    }

    @Test
    void a_name_with_its_schema_is_enough_and_one_that_is_not_there_is_told_without_ours() {
        JsonObject call = on("mail.address").put("order", list("person"));
        call.remove("schema");
        JsonObject error = refusal("query_table", on("address").put("select", list("town")));

        assertThat(rows("query_table", call)).isEqualTo("[[1,\"Riga\"],[2,\"Oslo\"]]");
        assertThat(error.getString("detail"))
                .isEqualTo("select.0: column town does not exist; get_schema tells the names");
    }

    @Test
    void a_caller_sees_its_own_rows() {
        JsonObject call = on("mine").put("select", list("owner", of("fn", "count")));

        assertThat(rows("query_table", call)).isEqualTo("[[\"alice\",100]]");
    }

    @Test
    void a_view_is_read_and_what_may_not_be_read_is_not() {
        assertThat(rows("query_table", on("heavy").put("order", list("id"))))
                .isEqualTo("[[1,1.5],[2,12.0]]");
        assertThat(refusal("query_table", on("secret")).getString("sqlState")).isEqualTo("42501");
        assertThat(
                        rows(
                                "query_table",
                                on("partly").put("select", list("open")).put("order", list("id"))))
                .isEqualTo("[[\"o\"]]");
        assertThat(
                        refusal("query_table", on("pg_authid").put("schema", "pg_catalog"))
                                .getString("code"))
                .isEqualTo("QUERY_REJECTED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"select\":[1]} | select.0",
                "{\"select\":[{\"fn\":\"median\",\"column\":\"id\"}]} | select.0.fn",
                "{\"select\":[{\"fn\":\"sum\"}]} | select.0.column",
                "{\"select\":[\"id\",\"id\"]} | select.1",
                "{\"select\":[\"id\",\"nothing\"]} | select.1",
                "{\"select\":[{\"fn\":\"sum\",\"column\":\"state\"}]} | select.0",
                "{\"select\":[{\"fn\":\"count\"}],\"order\":[\"id\"]} | order.0",
                "{\"order\":[{\"column\":\"nothing\"}]} | order.0.column",
                "{\"order\":[{\"column\":\"id\",\"dir\":\"up\"}]} | order.0.dir",
                "{\"filters\":[{\"column\":\"id\",\"value\":\"x\"}]} | filters.0.value",
                "{\"filters\":[{\"column\":\"id\",\"value\":1},{\"column\":\"it\",\"value\":1}]}"
                        + " | filters.1.column",
                "{\"filters\":[{\"column\":\"id\",\"op\":\"like\",\"value\":\"1\"}]} | filters.0.op",
                "{\"limit\":1001} | limit",
                "{\"embed\":[{\"table\":\"person\"}]} | embed.0.via"
            })
    void a_mistake_is_told_where_it_was_made(String arguments, String place) {
        JsonObject error = refusal("query_table", on("parcel").mergeIn(new JsonObject(arguments)));

        assertThat(error.getString("code")).as(error.encode()).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).as(error.encode()).isEqualTo(place);
    }
}
