package dev.drawbridge.gateway.tool.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class CallFunctionTest extends TableTools {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "twice | [21] | [[42]]",
                "twice | {\"n\":21} | [[42]]",
                "twice | [null] | [[null]]",
                "sum_up | [1,2,3] | [[6]]",
                "sum_up | [[1,2,3]] | [[6]]",
                "sum_up | {\"ns\":[4,5]} | [[9]]",
                "greet | {\"name\":\"Ada'; --\"} | [[\"Hello, Ada'; --\"]]",
                "greet | [\"Ada\",\"Hi\"] | [[\"Hi, Ada\"]]",
                "greet | {\"greeting\":\"Hi\",\"name\":\"Ada\"} | [[\"Hi, Ada\"]]",
                "parcels_of | {\"who\":1} | [[1,\"sent\"],[2,\"lost\"]]",
                "person_of | [2] | [[2,\"Ben\",1]]",
                "either | [1,2] | [[\"two\"]]",
                "either | [1] | [[\"whole\"]]",
                "either | {\"a\":\"1\"} | [[\"text\"]]",
                "name_of | [{\"id\":1,\"name\":\"Ada\"}] | [[\"Ada\"]]",
                "mail.twice | [3] | [[6]]"
            })
    void its_value_or_rows_are_answered(String function, String args, String rows) {
        assertThat(rows("call_function", function(function, args))).isEqualTo(rows);
    }

    @Test
    void what_postgresql_has_itself_is_called_in_its_schema() {
        JsonObject call = function("format", "[\"%s and %s\", 1, \"two\"]");
        assertThat(rows("call_function", call.put("schema", "pg_catalog")))
                .isEqualTo("[[\"1 and two\"]]");
        JsonObject series = function("generate_series", "[1, 500]").put("schema", "pg_catalog");
        assertThat(refusal("call_function", series).getString("detail"))
                .contains("fit more than one", "generate_series(integer, integer)");
    }

    @Test
    void a_long_answer_is_bounded() {
        JsonObject call =
                function("regexp_split_to_table", "[\"a b c\", \" \"]").put("schema", "pg_catalog");
        JsonObject answer = ask("call_function", call.put("limit", 2));

        assertThat(answer.getJsonArray("rows").encode()).isEqualTo("[[\"a\"],[\"b\"]]");
        assertThat(answer.getBoolean("truncated")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "twice | [] | args | fit none of twice(n integer)",
                "twice | {\"m\":1} | args | fit none of",
                "twice | [1,2] | args | fit none of",
                "twice | [\"x\"] | args.0 | invalid input syntax",
                "twice | {\"n\":\"x\"} | args.n | invalid input syntax",
                "either | [null] | args | fit more than one: either(a integer); either(a text)",
                "free | [] | function | query_database",
                "tidy | [] | function | execute_sql",
                "hidden | [] | function | there are allowed, either",
                "nothing | [] | function | there are allowed, either"
            })
    void what_cannot_be_called_is_told_with_what_can(
            String function, String args, String field, String words) {
        JsonObject error = refusal("call_function", function(function, args));

        assertThat(error.getString("field")).as(error.encode()).isEqualTo(field);
        assertThat(error.getString("detail")).contains(words);
    }

    @Test
    void what_writes_is_refused_and_nothing_is_written() {
        for (String call : new String[] {"send [1]", "allowed []"}) {
            String[] words = call.split(" ");
            JsonObject error = refusal("call_function", function(words[0], words[1]));

            assertThat(error.getString("code")).isEqualTo("QUERY_REJECTED");
            assertThat(error.getString("detail")).contains("VOLATILE", "execute_sql");
        }
        assertThat(
                        refusal(
                                        "call_function",
                                        function("set_config", "[\"app.owner\",\"bob\",true]")
                                                .put("schema", "pg_catalog"))
                                .getString("code"))
                .isEqualTo("QUERY_REJECTED");
        assertThat(ask("count_rows", on("line")).getInteger("count")).isEqualTo(3);
    }

    private static JsonObject function(String name, String args) {
        Object value = new JsonObject("{\"args\":" + args + "}").getValue("args");
        JsonObject call = schema().put("function", name).put("args", value);
        return name.contains(".") ? call : call.put("schema", "mail");
    }
}
