package dev.drawbridge.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

class PasswordPolicyTest {
    private static final PasswordPolicy POLICY = new PasswordPolicy(new CommonPasswords());
    private static final List<String> NAMES = List.of("kim.novak", "Kim Novak", "kim@acme.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "first-administrator",
                "zebra-crossing-417",
                "novak likes green tea",
                "drawbridge over the river",
                "ein Hund läuft über die Straße",
                "пароль который длиннее других",
                "😀😁😂🤣😃😄😅😆😉😊😋😎",
                "kd8Lw02mQz77"
            })
    void takes_a_password_that_cannot_be_guessed(String text) {
        assertThatCode(() -> POLICY.choose("password", text, NAMES)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "short | at least 12 characters",
                "€€€€€€€€€€€€€€€€€€€€€€€€€ | at most 72 bytes",
                "1q2w3e4r5t6y | common and breached",
                "QWERTY123456 | common and breached",
                "ｑｗｅｒｔｙ１２３４５６ | common and breached",
                "Password1234! | with digits or signs around",
                "P@$$w0rd2026 | with digits or signs around",
                "2026!!welcome | with digits or signs around",
                "aaaaaaaaaaaab | repeats or counts",
                "abababababab | repeats or counts",
                "klmnopqrstuv | repeats or counts",
                "9876543210987 | repeats or counts",
                "1122334455667789 | repeats or counts",
                "k4x9zk4x9zk4x9z | repeats something",
                "letmein!letmein! | repeats something",
                "passwordpassword | common and breached",
                "kim.novak-2026 | your name",
                "NOVAK-kim.acme | your name",
                "Drawbridge-2026 | your name",
                "drawbridge.drawbridge | little more",
                "passwordpasswordpassword | common and breached"
            })
    void says_why_it_refuses(String text, String reason) {
        assertThatThrownBy(() -> POLICY.choose("newPassword", text, NAMES))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("VALIDATION_ERROR: newPassword: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining(text);
    }

    @Test
    void takes_all_that_is_drawn_at_random() {
        qt().withExamples(10_000)
                .forAll(longs().all(), integers().between(12, 40))
                .checkAssert(
                        (seed, length) -> POLICY.choose("password", random(seed, length), NAMES));
    }

    @Test
    void refuses_each_common_word_with_a_few_digits_on_either_side() {
        qt().forAll(
                        integers().between(0, COMMON.size() - 1),
                        integers().between(10_000, 99_999),
                        integers().between(0, 1))
                .check((word, digits, side) -> {
                    String text = side == 0 ? COMMON.get(word) + digits : digits + COMMON.get(word);
                    return refuses(text);
                });
    }

    @Test
    void is_never_brought_down_by_what_is_typed() {
        qt().forAll(strings().allPossible().ofLengthBetween(0, 80))
                .check(text -> refuses(text) || Password.attempt(text).isPresent());
    }

    @Test
    void knows_its_list() {
        var common = new CommonPasswords();

        assertThat(List.of("password", "letmein", "1q2w3e4r5t6y")).allMatch(common::contains);
        assertThat(common.contains("correct horse battery")).isFalse();
    }

    private static final List<String> COMMON =
            List.of(
                    "password",
                    "welcome",
                    "football",
                    "princess",
                    "michael",
                    "superman",
                    "baseball");

    private static boolean refuses(String text) {
        try {
            POLICY.choose("password", text, List.of());
            return false;
        } catch (ProblemException _) {
            return true;
        }
    }

    private static String random(long seed, int length) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('!' + random.nextInt(94)));
        }
        return text.toString();
    }
}
