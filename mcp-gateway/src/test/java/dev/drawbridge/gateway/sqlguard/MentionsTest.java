package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/// What a statement names, and where, whatever it is written as.
class MentionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select f(1, 2), s.g()                       | FUNCTION f/2@8, FUNCTION s.g/0@17",
                "select d.s.g(*)                             | FUNCTION s.g/0@8",
                "select U&\"\\0066\"(1), \"F\"(1)            | FUNCTION f/1@8, FUNCTION F/1@22",
                "select 'ü', f()                             | FUNCTION f/0@13",
                "select f(variadic '{1}')                    | FUNCTION f/*@8",
                "select f(1) within group (order by 2)       | FUNCTION f/*@8",
                "select f(1), f(2), f()                      | FUNCTION f/1@8, FUNCTION f/0@20",
                "select * from rows from (f(1), g())         | FUNCTION f/1@26, FUNCTION g/0@32",
                "select x.a, b from s.t x       | ATTRIBUTE a/1@8, RELATION s.t/*@20",
                "select (x).a.b[1]                           | ATTRIBUTE a/1@8, ATTRIBUTE b/1@8",
                "table t                                     | RELATION t/*@7",
                "select 1 from t tablesample m (1) | RELATION t/*@15, FUNCTION m/*@29",
                "select 1 + 2                                | OPERATOR +/*@10",
                "select 1 operator(s.+) 2                    | OPERATOR s.+/*@10",
                "select 1 in (2)                             | OPERATOR =/*@10",
                "select 1 in (select 2)                      | OPERATOR =/*@10",
                "select 1 < any (select 2)     | OPERATOR </*@10, OPERATOR =/*@10",
                "select case 1 when 2 then 3 end             | OPERATOR =/*@8",
                "select 1::s.t, cast(2 as u)                 | TYPE s.t/*@11, TYPE u/*@26",
                "select d 'x'                                | TYPE d/*@8"
            })
    void are_found(String sql, String mentions) {
        assertThat(written(ReadOnlySql.parse(sql).mentions()))
                .containsExactlyInAnyOrder(mentions.split(", "));
    }

    @Test
    void of_operators_that_nobody_wrote_are_found_too() {
        assertThat(names("select 1 between 2 and 3")).contains(">=", "<=");
        assertThat(names("select 1 not between symmetric 2 and 3")).contains("<", ">");
        assertThat(names("select 'a' like 'b'")).contains("~~");
        assertThat(names("select 1 is distinct from 2")).contains("=");
        assertThat(names("select 1 from a join b using (c)")).contains("=");
        assertThat(names("select 1 from a natural join b")).contains("=");
        assertThat(names("select 1 from a order by b using operator(s.<)")).contains("<");
        assertThat(
                        names(
                                "with recursive r as (select 1 as n union select n from r)"
                                        + " cycle n set c using p select * from r"))
                .contains("=", "<>");
    }

    @Test
    void are_none_where_nothing_is_named() {
        assertThat(names("select 1, 'f(1)', \"x\" from (select 2 as \"x\") y")).isEmpty();
        assertThat(names("select y.* from (select 2) y")).isEmpty();
        assertThat(names("select case when true then 1 end")).isEmpty();
        assertThat(names("select exists (select 1)")).isEmpty();
        assertThat(names("select 1 from a join b on true")).containsExactly("a", "b");
        assertThat(names("select 1 from a order by 1")).containsExactly("a");
    }

    private static List<String> names(String sql) {
        return ReadOnlySql.parse(sql).mentions().stream().map(Mention::name).toList();
    }

    private static List<String> written(List<Mention> mentions) {
        return mentions.stream()
                .map(mention ->
                        mention.kind()
                                + " "
                                + mention.qualified()
                                + "/"
                                + (mention.arguments() == Mention.ANY ? "*" : mention.arguments())
                                + "@"
                                + mention.position())
                .toList();
    }
}
