package dev.drawbridge.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;
import java.util.stream.Stream;

class RecoveryCodeTest {
    @Test
    void is_found_again_however_it_is_typed() {
        var code = RecoveryCode.generate();

        assertThat(code.text()).matches("([a-z2-7]{4}-){3}[a-z2-7]{4}");
        assertThat(RecoveryCode.parse(" " + code.text().toUpperCase(Locale.ROOT))).contains(code);
        assertThat(RecoveryCode.parse(code.text().replace("-", ""))).contains(code);
    }

    @Test
    void is_another_each_time() {
        assertThat(Stream.generate(RecoveryCode::generate).limit(1_000)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "123456",
                "abcd-efgh-ijkl",
                "abcd-efgh-ijkl-mno1",
                "abcd efgh ijkl mnop"
            })
    void is_nothing_else(String text) {
        assertThat(RecoveryCode.parse(text)).isEmpty();
    }

    @Test
    void does_not_print_itself() {
        assertThat(RecoveryCode.generate()).hasToString("RecoveryCode[…]");
    }
}
