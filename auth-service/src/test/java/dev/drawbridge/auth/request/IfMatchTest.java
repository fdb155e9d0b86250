package dev.drawbridge.auth.request;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    @Test
    void passes_for_the_version_that_it_names_and_for_any() {
        assertThatCode(() -> IfMatch.required("\"7\"", "user").check(7, "user"))
                .doesNotThrowAnyException();
        assertThatCode(() -> IfMatch.required("*", "user").check(7, "user"))
                .doesNotThrowAnyException();
        assertThatCode(() -> IfMatch.optional(null).check(7, "user")).doesNotThrowAnyException();
    }

    @Test
    void refuses_another_version() {
        assertThatThrownBy(() -> IfMatch.optional("\"6\"").check(7, "user"))
                .hasMessageContaining("The user has changed");
    }

    @Test
    void compares_large_versions_by_value() {
        assertThatCode(() -> IfMatch.required("\"100000\"", "user").check(100_000L, "user"))
                .doesNotThrowAnyException();
    }

    @Test
    void is_asked_for_where_it_is_absent() {
        assertThatThrownBy(() -> IfMatch.required(null, "user"))
                .hasMessageContaining("If-Match is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "\"\"",
                "\"x\"",
                "W/\"7\"",
                "\"7\", \"8\"",
                "\"9999999999999999999\""
            })
    void is_one_strong_tag_of_ours(String header) {
        assertThatThrownBy(() -> IfMatch.required(header, "user"))
                .hasMessageContaining("If-Match: must be");
    }
}
