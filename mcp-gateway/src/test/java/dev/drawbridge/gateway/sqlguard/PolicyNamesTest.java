package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.sqlguard.ReadPolicy.Names;

import org.junit.jupiter.api.Test;

import java.util.List;

class PolicyNamesTest {
    private static final List<String> LINES =
            List.of("> leave it", "a", "ab*", "f/2", "> ask", "c", "x*");

    @Test
    void a_line_is_a_name_or_the_beginning_of_names() {
        Names names = Names.of(LINES);

        assertThat(names.exact()).containsExactlyInAnyOrder("a", "f/2", "c");
        assertThat(names.beginnings()).containsExactly("ab", "x");
        assertThat(List.of("a", "abc", "ab", "c", "x1")).allMatch(names::contains);
        assertThat(List.of("b", "aa", "cc", "> ask", "f")).noneMatch(names::contains);
    }

    @Test
    void an_advice_is_for_the_names_behind_it() {
        Names names = Names.of(LINES);

        assertThat(names.adviceFor("a")).isEqualTo("leave it");
        assertThat(names.adviceFor("abc")).isEqualTo("leave it");
        assertThat(names.adviceFor("f/2")).isEqualTo("leave it");
        assertThat(names.adviceFor("c")).isEqualTo("ask");
        assertThat(names.adviceFor("xyz")).isEqualTo("ask");
        assertThat(names.adviceFor("b")).isEmpty();
    }

    @Test
    void whole_names_can_be_taken_out() {
        Names rest = Names.of(LINES).without(List.of("a", "x"));

        assertThat(rest.exact()).containsExactlyInAnyOrder("f/2", "c");
        assertThat(rest.contains("x1")).isTrue();
    }
}
