package dev.drawbridge.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;

class TotpTest {
    private static final byte[] RFC_SECRET =
            "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /// RFC 6238 appendix B, SHA-1, of whose eight digits six are ours.
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void makes_the_codes_of_the_standard(long second, String eightDigits) {
        assertThat(Totp.code(RFC_SECRET, second / 30)).isEqualTo(eightDigits.substring(2));
    }

    @Test
    void takes_the_code_of_the_present_step_and_of_one_beside_it() {
        qt().forAll(longs().between(100, 4_000_000_000L), integers().between(-3, 3))
                .check((second, distance) -> {
                    long step = second / 30 + distance;
                    OptionalLong found =
                            Totp.step(
                                    RFC_SECRET,
                                    Totp.code(RFC_SECRET, step),
                                    Instant.ofEpochSecond(second));
                    // Two steps have the same code once in a million.
                    return Math.abs(distance) <= 1
                            ? found.isPresent()
                            : found.isEmpty() || found.getAsLong() != step;
                });
    }

    @ParameterizedTest
    @CsvSource({"''", "28708", "0287082", "94287082", "abcdef", "２８７０８２", "287 082"})
    void takes_nothing_else(String code) {
        assertThat(Totp.step(RFC_SECRET, code, Instant.ofEpochSecond(59))).isEmpty();
    }

    /// RFC 4648 section 10.
    @ParameterizedTest
    @CsvSource({"fooba, MZXW6YTB", "12345678901234567890, GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"})
    void writes_secrets_in_base_32(String bytes, String text) {
        assertThat(Totp.base32(bytes.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text);
    }

    @Test
    void tells_an_authenticator_all_it_needs() {
        assertThat(Totp.uri("Drawbridge", "kim@acme.example", RFC_SECRET))
                .isEqualTo(
                        "otpauth://totp/Drawbridge:kim%40acme.example"
                                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Drawbridge"
                                + "&algorithm=SHA1&digits=6&period=30");
    }
}
