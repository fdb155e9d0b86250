package dev.drawbridge.auth.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

    @ParameterizedTest
    @CsvSource({
        "kim, KIM",
        "kim, ｋｉｍ",
        "straße, STRASSE",
        "ﬁona, fiona",
        "é, e\u0301",
        "ÅSA, \u212Bsa"
    })
    void is_one_name_in_another_case_or_form(String one, String other) {
        assertThat(Name.username("username", one).key())
                .isEqualTo(Name.username("username", other).key());
    }

    @Test
    void is_shown_as_it_was_typed() {
        assertThat(Name.username("username", "Kim.Lee").text()).isEqualTo("Kim.Lee");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "kim lee",
                " kim",
                "kim\u0000",
                "kim\u200b",
                "kim/lee",
                "k\u202ei",
                "<kim>"
            })
    void is_no_user_name_with_other_characters(String text) {
        assertThatThrownBy(() -> Name.username("username", text))
                .hasMessageContaining("username: must be");
        assertThat(Name.find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Store managers", "R&D (north)", "日本", "a"})
    void labels_a_group_with_words(String text) {
        assertThat(Name.label("name", text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "a  b", "a\nb", "a\u0007", "a\u200bb"})
    void labels_nothing_with_spaces_at_the_ends_or_invisible_characters(String text) {
        assertThatThrownBy(() -> Name.label("name", text)).hasMessageContaining("name: must be");
    }

    @Test
    void is_not_endless_and_does_not_take_long_to_find_that_out() {
        assertThat(Name.find("x".repeat(128))).isPresent();
        assertThat(Name.find("x".repeat(129))).isEmpty();
        assertThat(Name.find("\ufdfa".repeat(100))).isEmpty();
        assertThatThrownBy(() -> Name.label("name", "a ".repeat(500_000) + "\n")).isNotNull();
    }
}
