package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;

import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class GrantsTest {
    @Test
    void reads_what_it_wrote() {
        qt().withExamples(10_000)
                .forAll(RandomCallers.GRANTS)
                .check(grants -> Grants.parse(grants.texts()).equals(grants));
    }

    @Test
    void writes_each_object_with_its_level() {
        var grants =
                new Grants(
                        Map.of(
                                ProtectedObject.tool("query_database"),
                                Level.READ,
                                ProtectedObject.EVERYTHING,
                                Level.NONE));

        assertThat(grants.texts())
                .isEqualTo(Map.of("tool:query_database", Level.READ, "*", Level.NONE));
    }

    @ParameterizedTest
    @EnumSource
    void reads_a_level_that_it_wrote(Level level) {
        assertThat(Level.parse(level.text())).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Read", "owner", "read "})
    void takes_no_other_text_for_a_level(String text) {
        assertThatThrownBy(() -> Level.parse(text)).isInstanceOf(ProblemException.class);
    }
}
