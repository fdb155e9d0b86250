package dev.drawbridge.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void has_at_least_twelve_characters() {
        assertThatThrownBy(() -> Password.choose("password", "x".repeat(11)))
                .hasMessage("VALIDATION_ERROR: password: must have at least 12 characters");
        assertThat(Password.choose("password", "x".repeat(12)).bytes()).hasSize(12);
    }

    @Test
    void counts_characters_and_not_halves_of_them() {
        assertThatThrownBy(() -> Password.choose("password", "😀".repeat(11))).isNotNull();
        assertThat(Password.choose("password", "😀".repeat(12)).bytes()).hasSize(48);
    }

    @Test
    void has_at_most_72_bytes() {
        assertThat(Password.choose("password", "x".repeat(72)).bytes()).hasSize(72);
        assertThatThrownBy(() -> Password.choose("password", "x".repeat(73)))
                .hasMessageContaining("at most 72 bytes");
        assertThatThrownBy(() -> Password.choose("password", "€".repeat(25)))
                .hasMessageContaining("at most 72 bytes");
    }

    @Test
    void is_the_same_however_its_accents_were_typed() {
        assertThat(Password.choose("password", "caf\u0065\u0301 au lait").bytes())
                .isEqualTo(Password.choose("password", "caf\u00e9 au lait").bytes());
    }

    @Test
    void may_be_tried_when_short_but_not_when_no_one_can_have_it() {
        assertThat(Password.attempt("x")).isPresent();
        assertThat(Password.attempt("x".repeat(73))).isEmpty();
        assertThat(Password.attempt("x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void does_not_print_itself() {
        assertThat(Password.choose("password", "correct horse")).hasToString("Password[…]");
    }
}
