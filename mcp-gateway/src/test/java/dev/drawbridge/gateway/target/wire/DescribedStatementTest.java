package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Column;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.problem.Problem;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What the server tells of a statement before anybody runs it.
class DescribedStatementTest extends TargetPoolCase {
    @Test
    void parameters_and_columns_have_the_types_that_the_server_has_found() {
        assertThat(
                        described(
                                "select id, body, $2::int4[] as list from note"
                                        + " where id = $1 and owner = $3"))
                .isEqualTo(
                        new Described(
                                List.of("int4", "int4[]", "text"),
                                List.of(
                                        new Column("id", "int4"),
                                        new Column("body", "text"),
                                        new Column("list", "int4[]"))));
    }

    @Test
    void a_statement_without_rows_has_no_columns_and_is_not_run() {
        assertThat(described("update tally set n = n + $1 where id = $2"))
                .isEqualTo(new Described(List.of("int4", "int4"), List.of()));
        assertThat(described("insert into tally values ($1, 7) returning id, n").columns())
                .isEqualTo(List.of(new Column("id", "int4"), new Column("n", "int4")));
        assertThat(read("select count(*), sum(n) from tally").json()).isEqualTo("[[1000,0]]");
    }

    @Test
    void what_cannot_be_prepared_is_told_with_its_place_and_the_session_goes_on() {
        var problem =
                (Problem.Database)
                        problem(
                                pool.described(
                                        nobody,
                                        "select nothing_such from note",
                                        new CancelSignal()));

        assertThat(problem.sqlState()).isEqualTo("42703");
        assertThat(problem.position()).isEqualTo(8);
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void a_type_that_nothing_tells_is_a_problem() {
        var problem =
                (Problem.Database)
                        problem(
                                pool.described(
                                        nobody, "select $1 is null, $2", new CancelSignal()));

        assertThat(problem.sqlState()).isEqualTo("42P18");
    }

    private static Described described(String sql) {
        return await(pool.described(nobody, sql, new CancelSignal()));
    }
}
