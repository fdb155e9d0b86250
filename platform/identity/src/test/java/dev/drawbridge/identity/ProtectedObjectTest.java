package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;

import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class ProtectedObjectTest {

    @Test
    void reads_what_it_wrote() {
        qt().withExamples(10_000)
                .forAll(RandomCallers.OBJECTS)
                .check(object -> ProtectedObject.parse(object.toString()).equals(object));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "connection:0197",
                "connection:0197/shop",
                "connection:0197/shop/retail",
                "connection:*/shop/*",
                "tool:query_database",
                "resource:pg://0197/schema/retail/order",
                "prompt:explore-database",
                "admin:users"
            })
    void keeps_the_form_of_the_design(String text) {
        assertThat(ProtectedObject.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "tool",
                "tool:",
                ":query",
                "tol:query",
                "Tool:query",
                " tool:query",
                "**",
                "*:*",
                "connection:",
                "connection:/",
                "connection:a/",
                "connection:a//b",
                "connection:/a",
                "connection:a/b/c/d"
            })
    void refuses_what_names_nothing(String text) {
        assertThatThrownBy(() -> ProtectedObject.parse(text)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    tool           | must be * or kind:name
                    :query         | must be * or kind:name
                    tool:          | must be * or kind:name
                    a:query        | has an unknown kind a
                    connection:a/  | must be connection:{id}
                    """)
    void says_what_is_wrong_with_a_text(String text, String reason) {
        assertThatThrownBy(() -> ProtectedObject.parse(text)).hasMessageContaining(reason);
    }

    @Test
    void refuses_a_text_that_is_too_long() {
        String longest = "tool:" + "x".repeat(995);

        assertThat(ProtectedObject.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> ProtectedObject.parse(longest + "x"))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({"shop, shop", "%2F, %252F", "/shop, %2Fshop", "*shop, %2Ashop", "shop*, shop%2A"})
    void writes_a_name_as_one_segment(String name, String segment) {
        assertThat(ProtectedObject.database("7", name)).hasToString("connection:7/" + segment);
    }

    @Test
    void keeps_a_name_with_a_slash_a_percent_or_a_star_in_its_place() {
        assertThat(ProtectedObject.schema("7", "a/b", "50%"))
                .hasToString("connection:7/a%2Fb/50%25");
        assertThat(ProtectedObject.database("7", "*"))
                .isNotEqualTo(ProtectedObject.parse("connection:7/*"));
    }

    @Test
    void fits_a_name_that_was_escaped_only_to_itself() {
        var odd = ProtectedObject.database("7", "a/b");

        assertThat(ProtectedObject.parse("connection:7/a/b").covers(odd)).isFalse();
        assertThat(ProtectedObject.parse("connection:7/a").covers(odd)).isFalse();
        assertThat(ProtectedObject.parse("connection:7/a%2Fb").covers(odd)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "*, connection:a/b/c",
        "*, *",
        "connection:a, connection:a",
        "connection:a, connection:a/b/c",
        "connection:*, connection:a/b",
        "connection:*, connection:*",
        "connection:*/b, connection:a/b/c",
        "connection:a/*/c, connection:a/b/c",
        "tool:*, tool:query_database",
        "resource:pg://a/*, resource:pg://a/schema/s/t",
        "resource:*, resource:pg://a/*"
    })
    void covers_what_is_inside_it(String outer, String inner) {
        assertThat(ProtectedObject.parse(outer).covers(ProtectedObject.parse(inner))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "connection:a, *",
        "connection:a, connection:b",
        "connection:a, connection:*",
        "connection:a/b, connection:a",
        "connection:a/*, connection:a",
        "connection:a/*/c, connection:a/b",
        "connection:*/b, connection:a/c",
        "tool:*, prompt:x",
        "tool:query, tool:query_database",
        "tool:query/*, tool:query/one",
        "resource:pg://a/*, resource:pg://ab/x",
        "resource:pg://a/*, resource:*"
    })
    void covers_nothing_else(String outer, String other) {
        assertThat(ProtectedObject.parse(outer).covers(ProtectedObject.parse(other))).isFalse();
    }

    @Test
    void meets_another_in_all_that_both_cover() {
        List<ProtectedObject> universe = RandomCallers.universe();
        qt().withExamples(10_000)
                .forAll(RandomCallers.OBJECTS, RandomCallers.OBJECTS)
                .check((one, other) -> {
                    Optional<ProtectedObject> common = one.meet(other);
                    return universe.stream()
                            .allMatch(object ->
                                    common.stream().anyMatch(it -> it.covers(object))
                                            == (one.covers(object) && other.covers(object)));
                });
    }
}
