package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

class LiteralFreeTest {
    /// What is awkward in a literal of some form.
    private static final String ALPHABET = "abc09 '\"$\\;-é(?,\n";

    /// The forms of literals, each with what writes any text in it.
    private static final List<UnaryOperator<String>> FORMS =
            List.of(
                    text -> "'" + doubled(text) + "'",
                    text -> "N'" + doubled(text) + "'",
                    text -> "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'",
                    text -> "U&'" + doubled(text).replace("\\", "\\\\") + "'",
                    text -> "$tag$" + text + "$tag$",
                    text -> "$$" + text.replace("$", "") + "$$",
                    text -> "/* " + text + " */ 1",
                    text -> "-- " + text.replace("\n", " ") + "\n 1",
                    text -> "x'" + Integer.toHexString(text.hashCode()) + "'");

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
                        lists().of(integers().between(0, ALPHABET.length() - 1))
                                .ofSizeBetween(0, 12))
                .checkAssert((form, letters) -> {
                    String secret =
                            letters.stream()
                                    .map(letter -> ALPHABET.substring(letter, letter + 1))
                                    .collect(Collectors.joining());
                    String literal = FORMS.get(form).apply(secret);

                    assertThat(LiteralFree.of("select f(" + literal + ") from b where c = 1"))
                            .as(literal)
                            .contains("select f(?) from b where c = ?");
                });
    }

    private static String doubled(String text) {
        return text.replace("'", "''");
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
