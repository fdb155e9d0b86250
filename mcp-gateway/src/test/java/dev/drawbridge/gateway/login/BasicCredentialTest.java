package dev.drawbridge.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

class BasicCredentialTest {
    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-00000000abcd");

    @Test
    void any_login_without_a_colon_and_any_password_come_back_as_they_were() {
        qt().forAll(
                        strings().allPossible().ofLengthBetween(1, 15),
                        strings().allPossible().ofLengthBetween(1, 200))
                .check((anyLogin, anyPassword) -> {
                    String login = text(anyLogin).replace(':', ';').replaceAll("\\p{Cc}", "0");
                    String password = text(anyPassword);
                    return BasicCredential.parse(LoginCase.basic(login, ID.toString(), password))
                            .equals(Optional.of(new BasicCredential(login, ID, password)));
                });
    }

    @Test
    void the_connection_is_behind_the_last_at_and_has_one_spelling() {
        assertThat(parse("a@b@" + ID + ":p:q")).isEqualTo(new BasicCredential("a@b", ID, "p:q"));
        assertThat(parse("a@" + ID.toString().toUpperCase(Locale.ROOT) + ":p"))
                .isEqualTo(new BasicCredential("a", ID, "p"));
        for (String none : new String[] {"a:p", "a@:p", "a@shop:p", "a@1-1-1-1-1:p"}) {
            assertThat(parse(none)).as(none).isEqualTo(new BasicCredential("a", null, "p"));
        }
    }

    @Test
    void what_postgresql_would_cut_off_or_misread_is_none() {
        for (String text :
                new String[] {
                    "",
                    "no colon",
                    ":p",
                    "@" + ID + ":p",
                    "a@" + ID + ":",
                    "a\0@" + ID + ":p",
                    "a\nb@" + ID + ":p",
                    "a@" + ID + ":p\0",
                    "a".repeat(64) + "@" + ID + ":p",
                    "ä".repeat(32) + "@" + ID + ":p",
                    "a@" + ID + ":" + "p".repeat(1_025)
                }) {
            assertThat(BasicCredential.parse(LoginCase.encoded(text))).as(text).isEmpty();
        }
    }

    @Test
    void what_is_no_base64_or_no_text_is_none() {
        for (String header : new String[] {"Basic ", "Basic !", "Basic YQ=", "basic gIA="}) {
            assertThat(BasicCredential.parse(header)).as(header).isEmpty();
        }
        byte[] surrogate = {'a', '@', 'b', ':', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        assertThat(BasicCredential.parse("Basic " + Base64.getEncoder().encodeToString(surrogate)))
                .isEmpty();
    }

    @Test
    void does_not_print_its_password() {
        assertThat(new BasicCredential("dana", ID, "secret").toString()).doesNotContain("secret");
    }

    /// The same without what UTF-8 cannot carry, and zeros.
    private static String text(String any) {
        return new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace('\0', '0');
    }

    private static BasicCredential parse(String text) {
        return BasicCredential.parse(LoginCase.encoded(text)).orElseThrow();
    }
}
