package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.SigningKey;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The HMAC that a real server computes from our pads.
@ParameterizedClass
@ValueSource(strings = {"newest", "oldest"})
class SigningKeyTest {
    private static final UUID CONNECTION = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final Map<String, VerifyingServer> SERVERS = new ConcurrentHashMap<>();

    private final VerifyingServer server;

    SigningKeyTest(String version) {
        this.server =
                SERVERS.computeIfAbsent(
                        version,
                        of -> new VerifyingServer(of, List.of(SigningKey.random(CONNECTION))));
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(VerifyingServer::close);
        SERVERS.clear();
    }

    /// RFC 4231 sections 4.2 to 4.8, but for the truncated one: key and data in hexadecimal.
    @ParameterizedTest
    @CsvSource({
        "0b*20,4869205468657265,b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665,7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
                + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aa*20,dd*50,773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "0102030405060708090a0b0c0d0e0f10111213141516171819,cd*50,"
                + "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "aa*131,54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d"
                + "2048617368204b6579204669727374,"
                + "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "aa*131,5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b"
                + "2d73697a65206b657920616e642061206c6172676572207468616e20626c6f636b2d73697a6520"
                + "646174612e20546865206b6579206e6565647320746f20626520686173686564206265666f7265"
                + "206265696e6720757365642062792074686520484d414320616c676f726974686d2e,"
                + "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    })
    void the_server_s_hmac_is_that_of_the_standard(String key, String data, String digest) {
        var pads = new SigningKey(CONNECTION, "0", bytes(key));

        assertThat(
                        server.postgres()
                                .value(
                                        "select encode(drawbridge.hmac('\\x%s', '\\x%s', '\\x%s'), 'hex')"
                                                .formatted(
                                                        hex(pads.innerPad()),
                                                        hex(pads.outerPad()),
                                                        hex(bytes(data)))))
                .isEqualTo(digest);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// `aa*20` is 20 bytes.
    private static byte[] bytes(String text) {
        int star = text.indexOf('*');
        return HexFormat.of()
                .parseHex(
                        star < 0
                                ? text
                                : text.substring(0, star)
                                        .repeat(Integer.parseInt(text.substring(star + 1))));
    }
}
