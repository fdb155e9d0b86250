package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CallTrace;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class TargetPoolTest extends TargetPoolCase {
    @Test
    void returns_rows_as_json_and_as_text() {
        var rows = read("select 1 as a, 'x' as b union all select 2, null order by 1");

        assertThat(rows.json()).isEqualTo("[[1,\"x\"],[2,null]]");
        assertThat(rows.tsv()).isEqualTo("a\tb\n1\tx\n2\t\\N\n");
        assertThat(rows.more()).isFalse();
    }

    @Test
    void calls_a_session_by_the_trace_of_its_call_without_preparing_anything_anew() {
        var sql =
                "select current_setting('application_name'), count(*) from pg_prepared_statements";
        List<List<Object>> told = new ArrayList<>();
        for (String id : List.of("a".repeat(32), "b".repeat(32), "'; drop table x; --")) {
            var trace = new CallTrace(id);
            told.add(
                    await(pool.values(nobody.of(trace), statement(sql, 0, 10), new CancelSignal()))
                            .getFirst());
            assertThat(trace.served()).isTrue();
        }

        assertThat(told.stream().map(row -> String.valueOf(row.getFirst())).toList())
                .containsExactly(
                        "drawbridge " + "a".repeat(32),
                        "drawbridge " + "b".repeat(32),
                        "drawbridge");
        assertThat(told.getLast().getLast()).isEqualTo(told.get(1).getLast());
    }

    @Test
    void stops_at_the_limit_and_says_that_there_is_more() {
        var rows =
                await(
                        pool.encoded(
                                nobody,
                                statement("select generate_series(1, 1000)", 0, 10),
                                new CancelSignal()));

        assertThat(rows.count()).isEqualTo(10);
        assertThat(rows.more()).isTrue();
        assertThat(rows.cut()).isFalse();
    }

    @Test
    void says_that_there_is_no_more_when_the_rows_are_as_many_as_the_limit() {
        var rows =
                await(
                        pool.encoded(
                                nobody,
                                statement("select generate_series(1, 10)", 0, 10),
                                new CancelSignal()));

        assertThat(rows.count()).isEqualTo(10);
        assertThat(rows.more()).isFalse();
    }

    @Test
    void a_later_page_goes_on_where_the_page_before_ended() {
        var rows =
                await(
                        pool.encoded(
                                nobody,
                                statement("select generate_series(1, 25) -- all", 20, 10),
                                new CancelSignal()));

        assertThat(rows.json()).isEqualTo("[[21],[22],[23],[24],[25]]");
        assertThat(rows.more()).isFalse();
    }

    @Test
    void a_list_is_json_on_a_later_page_too() {
        String sql = "select * from jsonb_array_elements($1::jsonb)";
        for (int page = 0; page < 3; page++) {
            var statement = new Statement(sql, List.of(List.of(10, 11, 12)), page, 1);

            assertThat(await(pool.encoded(nobody, statement, new CancelSignal())).json())
                    .isEqualTo("[[1" + page + "]]");
        }
    }

    @Test
    void a_parameter_of_the_wrong_type_is_named_on_a_later_page_too() {
        var statement = new Statement("select $1::int", List.of("x"), 1, 1);

        assertThat(problem(pool.encoded(nobody, statement, new CancelSignal())))
                .isInstanceOfSatisfying(
                        Problem.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("params"));
    }

    @Test
    void settings_of_a_statement_end_with_its_transaction() {
        var asked = statement("select current_setting('work_mem'), $1::int", 0, 1);
        var set = new Statement(asked.sql(), List.of(7), 0, 1).with(Map.of("work_mem", "17MB"));
        var plain = new Statement(asked.sql(), List.of(7), 0, 1);

        assertThat(await(pool.encoded(nobody, set, new CancelSignal())).json())
                .isEqualTo("[[\"17MB\",7]]");
        assertThat(await(pool.encoded(nobody, plain, new CancelSignal())).json())
                .isEqualTo("[[\"16MB\",7]]");
    }

    @Test
    void two_statements_never_reach_the_database() {
        var problem =
                problem(
                        pool.encoded(
                                nobody,
                                statement("select 1; drop table note", 0, 1),
                                new CancelSignal()));

        assertThat(problem).isInstanceOf(Problem.Database.class);
    }

    @Test
    void a_syntax_error_says_where() {
        var problem =
                problem(pool.encoded(nobody, statement("select nope", 0, 1), new CancelSignal()));

        assertThat(problem.position()).isEqualTo(8);
    }

    @Test
    void a_parameter_of_the_wrong_type_is_named() {
        var problem =
                problem(
                        pool.encoded(
                                nobody,
                                new Statement("select $1::int", List.of("x"), 0, 1),
                                new CancelSignal()));

        assertThat(problem).isInstanceOf(Problem.Invalid.class);
        assertThat(problem.detail()).contains("$1");
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void too_few_parameters_are_refused() {
        var problem =
                problem(
                        pool.encoded(
                                nobody, statement("select $1::int", 0, 1), new CancelSignal()));

        assertThat(problem).isInstanceOf(Problem.Invalid.class);
    }

    @Test
    void json_values_become_parameters_of_the_types_that_the_statement_has() {
        var rows =
                await(
                        pool.encoded(
                                nobody,
                                new Statement(
                                        """
                                        select $1::date, $2::uuid, $3::numeric, $4::jsonb, $5::int[],
                                               $6::timestamptz, $7::bool, $8::bytea, $9::bigint
                                        """,
                                        Arrays.asList(
                                                "2026-01-02",
                                                "018f0000-0000-7000-8000-000000000000",
                                                "1.50",
                                                Map.of("a", 1),
                                                List.of(1, 2),
                                                "2026-01-02T03:04:05Z",
                                                true,
                                                "\\xff",
                                                null),
                                        0,
                                        1),
                                new CancelSignal()));

        assertThat(rows.json())
                .isEqualTo(
                        "[[\"2026-01-02\",\"018f0000-0000-7000-8000-000000000000\",1.50,"
                                + "{\"a\":1},[1,2],\"2026-01-02T03:04:05Z\",true,\"\\\\xff\",null]]");
    }

    @Test
    void two_identities_over_one_pool_see_their_own_rows_only() {
        List<Future<EncodedRows>> even = new ArrayList<>();
        List<Future<EncodedRows>> odd = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            even.add(
                    pool.encoded(
                            owner("even"),
                            statement("select distinct owner from note", 0, 5),
                            new CancelSignal()));
            odd.add(
                    pool.encoded(
                            owner("odd"),
                            statement("select distinct owner from note", 0, 5),
                            new CancelSignal()));
        }

        assertThat(even)
                .allSatisfy(call -> assertThat(await(call).json()).isEqualTo("[[\"even\"]]"));
        assertThat(odd).allSatisfy(call -> assertThat(await(call).json()).isEqualTo("[[\"odd\"]]"));
        assertThat(read("select count(*) from note").json()).isEqualTo("[[0]]");
    }
}
