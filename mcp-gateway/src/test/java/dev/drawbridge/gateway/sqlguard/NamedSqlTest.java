package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class NamedSqlTest {
    @Test
    void names_become_numbers_in_the_order_in_which_they_come() {
        var named = NamedSql.parse("select :b, :a where x = :b and y=:c;");

        assertThat(named.text()).isEqualTo("select $1, $2 where x = $1 and y=$3;");
        assertThat(named.names()).isEqualTo(List.of("b", "a", "c"));
    }

    @Test
    void a_name_keeps_its_letters_as_they_were_written() {
        assertThat(NamedSql.parse("select :storeId, :storeid").names())
                .isEqualTo(List.of("storeId", "storeid"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ':a', 'it''s :b'",
                "select e'\\':a', n':b'",
                "select $$ :a $$, $x$ :b $x$",
                "select 1 -- :a\n",
                "select 1 /* :a /* :b */ :c */",
                "select \":a\", u&\":b\"",
                "select now()::date, '1'::int4, x :: text",
                "select f(a := 1)",
                "select (array[1,2,3])[1:2], x[ 1: n ]",
                "select a : b",
            })
    void what_is_no_parameter_is_left_alone(String sql) {
        var named = NamedSql.parse(sql);

        assertThat(named.text()).isEqualTo(sql);
        assertThat(named.names()).isEmpty();
    }

    @Test
    void a_parameter_may_be_cast() {
        assertThat(NamedSql.parse("select :a::int, (:b)::text, 1::int+:c").text())
                .isEqualTo("select $1::int, ($2)::text, 1::int+$3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select $1", "select :a, $2", "select ':a', $12::int"})
    void numbers_are_refused_where_there_are_names(String sql) {
        assertThat(rejected(sql).position()).isEqualTo(sql.indexOf('$') + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select :a$b", "select :é", "select :aé", "select :İİ"})
    void a_name_that_could_be_read_otherwise_is_refused(String sql) {
        assertThat(rejected(sql).reason()).contains("name");
    }

    @Test
    void what_does_not_end_is_refused() {
        assertThatThrownBy(() -> NamedSql.parse("select ':a")).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_place_in_the_text_is_one_in_what_was_written() {
        String written = "select :first, oops, :second from nowhere";
        var named = NamedSql.parse(written);

        for (String word : List.of("select", "oops", "from", "nowhere")) {
            assertThat(named.written(named.text().indexOf(word) + 1))
                    .isEqualTo(written.indexOf(word) + 1);
        }
        assertThat(named.written(0)).isZero();
        assertThat(named.written(named.text().indexOf("$2") + 1))
                .isEqualTo(written.indexOf(":second") + 1);
    }

    private static Problem.QueryRejected rejected(String sql) {
        try {
            NamedSql.parse(sql);
        } catch (ProblemException failure) {
            return (Problem.QueryRejected) failure.problem();
        }
        throw new AssertionError("accepted: " + sql);
    }
}
