package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Statement;

import io.vertx.core.json.JsonArray;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// How values look in both forms of an answer, whatever PostgreSQL's textual form of them is.
class ValueFormTest extends TargetPoolCase {
    private static final List<String> NUMBERS =
            List.of(
                    "1::int2 | 1 | 1",
                    "9007199254740991 | 9007199254740991 | 9007199254740991",
                    "9007199254740992 | \"9007199254740992\" | 9007199254740992",
                    "-9223372036854775808 | \"-9223372036854775808\" | -9223372036854775808",
                    "1.50::numeric | 1.50 | 1.50",
                    "-0.001::numeric | -0.001 | -0.001",
                    "1234567890.1234567::numeric | \"1234567890.1234567\" | 1234567890.1234567",
                    "'NaN'::numeric | \"NaN\" | NaN",
                    "1e20::float8 | 1e+20 | 1e+20",
                    "0.1::float4 | 0.1 | 0.1",
                    "'-Infinity'::float8 | \"-Infinity\" | -Infinity",
                    "true | true | true",
                    "null::bool | null | \\N");

    private static final List<String> TEXTS =
            List.of(
                    "'a\"b'::text | \"a\\\"b\" | a\"b",
                    "E'a\\tb\\nc\\\\d'::text | \"a\\tb\\nc\\\\d\" | a\\tb\\nc\\\\d",
                    "E'\\x1b[2J'::text | \"\\u001b[2J\" | \\u001b[2J",
                    "'é€😀'::text | \"é€😀\" | é€😀",
                    "date '2026-01-02' | \"2026-01-02\" | 2026-01-02",
                    "timestamp '2026-01-02 03:04:05.6' | \"2026-01-02T03:04:05.6\""
                            + " | 2026-01-02T03:04:05.6",
                    "timestamptz '2026-01-02 03:04:05+00' | \"2026-01-02T03:04:05Z\""
                            + " | 2026-01-02T03:04:05Z",
                    "timestamptz 'infinity' | \"infinity\" | infinity",
                    "timestamp '0044-03-15 00:00:00 BC' | \"0044-03-15 00:00:00 BC\""
                            + " | 0044-03-15 00:00:00 BC",
                    "interval '1 year 2 days 3.5 s' | \"P1Y2DT3.5S\" | P1Y2DT3.5S",
                    "'{\"a\": [1, \"x y\\\" z\"]}'::jsonb"
                            + " | {\"a\":[1,\"x y\\\" z\"]} | {\"a\":[1,\"x y\\\\\" z\"]}",
                    "'\\xff00'::bytea | \"\\\\xff00\" | \\\\xff00",
                    "array[1,null,3] | [1,null,3] | [1,null,3]",
                    "array[[1,2],[3,4]] | [[1,2],[3,4]] | [[1,2],[3,4]]",
                    "'[0:1]={5,6}'::int[] | [5,6] | [5,6]",
                    "array['a,b','NULL',null,'q\"\\','{}']"
                            + " | [\"a,b\",\"NULL\",null,\"q\\\"\\\\\",\"{}\"] |"
                            + " [\"a,b\",\"NULL\",null,\"q\\\\\"\\\\\\\\\",\"{}\"]",
                    "array[true,false] | [true,false] | [true,false]",
                    "'{}'::text[] | [] | []",
                    "int4range(1,5) | \"[1,5)\" | [1,5)",
                    "'018f0000-0000-7000-8000-000000000000'::uuid"
                            + " | \"018f0000-0000-7000-8000-000000000000\""
                            + " | 018f0000-0000-7000-8000-000000000000");

    @ParameterizedTest
    @MethodSource("values")
    void a_value_is_told_exactly(String sql, String json, String cell) {
        EncodedRows rows = read("select " + sql + " as v");

        assertThat(rows.json()).isEqualTo("[[" + json + "]]");
        assertThat(rows.tsv()).isEqualTo("v\n" + cell + "\n");
        assertThat(new JsonArray(rows.json())).hasSize(1);
    }

    private static Stream<Arguments> values() {
        return Stream.concat(NUMBERS.stream(), TEXTS.stream())
                .map(line -> Arguments.of((Object[]) line.split(" +\\| +", 3)));
    }

    @Test
    void controls_beyond_ascii_are_made_visible_in_text() {
        assertThat(read("select E'a\\u009bb\\u00a0c' as v").tsv())
                .isEqualTo("v\na\\u009bb\u00a0c\n");
    }

    @Test
    void an_offset_is_told_as_rfc_3339_writes_it() {
        var rows =
                read(
                        "select to_char(t, 'YYYY') as y, t from (select timestamptz '2026-07-02"
                                + " 03:04:05+02' at time zone 'UTC' as t) s");

        assertThat(rows.json()).isEqualTo("[[\"2026\",\"2026-07-02T01:04:05\"]]");
    }

    @Test
    void a_list_is_an_array_or_json_as_the_statement_wants() {
        for (int i = 0; i < 3; i++) {
            assertThat(of("select $1::jsonb", List.of(1, "a"))).isEqualTo("[[[1,\"a\"]]]");
            assertThat(of("select $1::jsonb", List.of())).isEqualTo("[[[]]]");
            assertThat(of("select $1::int[]", List.of(1, 2))).isEqualTo("[[[1,2]]]");
            assertThat(of("select $1::int[]", List.of())).isEqualTo("[[[]]]");
            assertThat(of("select $1::text[]", Arrays.asList("a\"\\,{}", null)))
                    .isEqualTo("[[[\"a\\\"\\\\,{}\",null]]]");
        }
    }

    @Test
    void a_number_without_a_fraction_is_whole() {
        assertThat(of("select $1::int", 2.0)).isEqualTo("[[2]]");
        assertThat(of("select $1::numeric", 2.5)).isEqualTo("[[2.5]]");
    }

    @Test
    void an_object_is_json() {
        assertThat(of("select $1::json", java.util.Map.of("a", "b")))
                .isEqualTo("[[{\"a\":\"b\"}]]");
    }

    private static String of(String sql, Object parameter) {
        var statement = new Statement(sql, List.of(parameter), 0, 10);
        return await(pool.encoded(nobody, statement, new CancelSignal())).json();
    }
}
