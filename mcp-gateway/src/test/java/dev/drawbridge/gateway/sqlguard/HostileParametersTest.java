package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Values for `$1`, `$2` … that could be taken for SQL, for another type, or for too much.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class HostileParametersTest extends AttackedGatewayCase {
    private static final List<String> STATEMENTS =
            List.of(
                    "select $1",
                    "select $1::text",
                    "select $1::int",
                    "select $1::numeric",
                    "select $1::bool",
                    "select $1::int[]",
                    "select $1::text[]",
                    "select $1::json",
                    "select $1::jsonb",
                    "select $1::bytea",
                    "select $1::xml",
                    "select $1::timestamptz",
                    "select $1::regclass",
                    "select $1::regprocedure",
                    "select $1::name",
                    "select $1::oid",
                    "select $1::shop.account",
                    "select secret from shop.account where tenant = $1",
                    "select secret from shop.account where id = $1",
                    "select secret from shop.account where id = any($1)",
                    "select secret from shop.account where secret like $1",
                    "select secret from shop.account where secret ~ $1",
                    "select secret from shop.account order by $1 limit 3",
                    "select secret from shop.account limit $1",
                    "select secret from shop.account offset $1",
                    "select format('%s', $1::text)",
                    "select to_tsquery($1)",
                    "select jsonb_path_query('{\"a\": 1}', $1::jsonpath)",
                    "select current_setting($1)",
                    "values ($1)");

    private static final List<String> VALUES =
            Stream.of(
                            Stream.of(
                                    "null",
                                    "true",
                                    "0",
                                    "-1",
                                    "1.5",
                                    "2.0",
                                    "9223372036854775808",
                                    "1e308",
                                    "-1e-308",
                                    "9".repeat(400),
                                    "0." + "1".repeat(400),
                                    "[]",
                                    "{}",
                                    "[null]",
                                    "[[], [1]]",
                                    "[1, \"a\", null, {\"b\": [2]}]",
                                    "[[1, 2], [3]]",
                                    "[\"}\", \"{\", \",\", \"\\\"\", \"\\\\\", \"NULL\"]",
                                    "{\"a\": {\"b\": [1, {\"c\": null}]}}",
                                    "{\"\": \"'\", \"$1\": \";\"}",
                                    "[".repeat(500) + "]".repeat(500),
                                    "{\"a\":".repeat(500) + "1" + "}".repeat(500)),
                            Stream.of(
                                            "",
                                            "b",
                                            "'",
                                            "\"",
                                            "\\",
                                            "\\x00",
                                            "a\0b",
                                            "\0",
                                            "\ud83d\ude00",
                                            "'; set app.stray = 'left'; --",
                                            "' or tenant = 'b' or '' = '",
                                            "b' || set_config('app.tenant', 'b', false) || '",
                                            "(select set_config('app.tenant', 'b', true))",
                                            "{1,2,3}",
                                            "{\"a\",\"b\"}",
                                            "[0:2]={1,2,3}",
                                            "(1,b,canvas)",
                                            "shop.account",
                                            "shop.account'::regclass",
                                            "set_config(text,text,boolean)",
                                            "app.tenant",
                                            "$1",
                                            "$2",
                                            "$$",
                                            "%n%s%I",
                                            "<!DOCTYPE a [<!ENTITY b SYSTEM"
                                                    + " \"file:///etc/passwd\">]><a>&b;</a>",
                                            "now",
                                            "infinity",
                                            "NaN",
                                            "(x+x+)+y",
                                            "%".repeat(1_000),
                                            "x".repeat(50_000))
                                    .map(AttackedGatewayCase::json))
                    .flatMap(it -> it)
                    .toList();

    @Test
    void no_value_is_more_than_a_value() throws SQLException, IOException {
        for (String sql : STATEMENTS) {
            for (String value : VALUES) {
                send(call("query_database", sql, '[' + value + ']'));
                send(call("explain_query", sql, '[' + value + ']'));
            }
            judge(sql);
        }

        System.out.printf(
                "hostile parameters: %d values for %d statements%n",
                VALUES.size(), STATEMENTS.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[1]", "[1, 2, 3]", "null", "{}", "\"x\"", "[[1, 2]]"})
    void a_wrong_number_of_values_is_the_callers_mistake(String params) {
        assertThat(
                        error(send(call("query_database", "select $1::int + $2::int", params)))
                                .getString("code"))
                .isIn("VALIDATION_ERROR", "DATABASE_ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$0", "$65536", "$2147483647", "$99999999999999999999", "$-1", "$1a"})
    void a_number_that_no_parameter_has_is_refused(String parameter) {
        assertThat(
                        error(send(call("query_database", "select " + parameter, "[1]")))
                                .getString("code"))
                .isIn("VALIDATION_ERROR", "DATABASE_ERROR", "QUERY_REJECTED");
    }

    @Test
    void a_thousand_values_are_taken_and_one_more_is_not() {
        String sum =
                IntStream.rangeClosed(1, 1_000)
                        .mapToObj(i -> "$" + i + "::int")
                        .collect(Collectors.joining(" + ", "select ", ""));
        String ones = String.join(",", Collections.nCopies(1_000, "1"));

        assertThat(
                        structured(send(call("query_database", sum, '[' + ones + ']')))
                                .getJsonArray("rows")
                                .encode())
                .isEqualTo("[[1000]]");
        assertThat(error(send(call("query_database", sum, '[' + ones + ",1]"))).getString("field"))
                .isEqualTo("params");
    }

    @Test
    void a_value_for_another_tenant_finds_nothing() {
        String sql = "select secret from shop.account where tenant = $1";

        assertThat(rowsOf(send(call("query_database", sql, "[\"b\"]")))).isEqualTo("[]");
        assertThat(rowsOf(send(call("query_database", sql + " limit 1", "[\"a\"]"))))
                .isEqualTo("[[\"own\"]]");
    }

    private static String rowsOf(JsonObject result) {
        return structured(result).getJsonArray("rows").encode();
    }

    private JsonObject send(String params) {
        return send("tools/call", params);
    }

    private static String call(String tool, String sql, String params) {
        return """
        {"name": "%s", "arguments": {"connection_id": "%s", "sql": %s, "params": %s}}\
        """
                .formatted(tool, attacked(), json(sql), params);
    }
}
