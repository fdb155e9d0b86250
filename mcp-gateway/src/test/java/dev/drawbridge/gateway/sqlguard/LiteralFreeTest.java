package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class LiteralFreeTest {
    private static final List<String> FORMS =
            List.of(
                    "'%s'",
                    "E'%s'", "U&'%s'", "$$%s$$", "$t$%s$t$", "N'%s'", "/* %s */ 1", "x'%s'");

    @ParameterizedTest
    @MethodSource("forms")
    void keeps_names_and_no_values(String sql, String expected) {
        assertThat(LiteralFree.of(sql)).contains(expected);
    }

    static List<Arguments> forms() {
        return List.of(
                of("select 1", "select ?"),
                of(
                        "SELECT  Name\nFROM t -- secret\n WHERE a>=1.5e3",
                        "select name from t where a >= ?"),
                of("select * from t where id in (1,2,3)", "select * from t where id in (?, …)"),
                of("select * from t where id in (1)", "select * from t where id in (?)"),
                of("select \"Odd\"\"Name\".x from a.b", "select \"Odd\"\"Name\".x from a.b"),
                of(
                        "select count (*), f(a) over(order by b) from t",
                        "select count(*), f(a) over (order by b) from t"),
                of(
                        "select a::text||'x' from t where b=$1",
                        "select a :: text || ? from t where b = ?"),
                of("values ('a', $$b$$, E'\\'c')", "values (?, …)"),
                of("select x[1], -1", "select x[?], - ?"));
    }

    private static Arguments of(String sql, String expected) {
        return Arguments.of(sql, expected);
    }

    @Test
    void no_literal_of_any_form_is_left() {
        qt().forAll(
                        integers().between(0, FORMS.size() - 1),
                        strings().betweenCodePoints('a', 'z').ofLengthBetween(6, 12))
                .checkAssert((form, secret) -> {
                    String sql =
                            "select f("
                                    + FORMS.get(form).formatted(secret)
                                    + ") from b where c = 1";

                    assertThat(LiteralFree.of(sql).orElse("")).doesNotContain(secret);
                });
    }

    @Test
    void statements_that_differ_in_literals_alone_are_one() {
        qt().forAll(lists().of(integers().between(0, 1_000_000)).ofSizeBetween(2, 9))
                .checkAssert(values -> {
                    String list = values.toString().replace('[', '(').replace(']', ')');

                    assertThat(LiteralFree.of("select * from t where a in " + list))
                            .contains("select * from t where a in (?, …)");
                });
    }

    @Test
    void a_text_whose_literals_do_not_end_has_no_form() {
        assertThat(LiteralFree.of("select 'secret")).isEmpty();
        assertThat(LiteralFree.of("select $$secret")).isEmpty();
        assertThat(LiteralFree.of("select /* secret")).isEmpty();
    }
}
