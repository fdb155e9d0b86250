package dev.drawbridge.system.key;

import dev.drawbridge.system.rest.AuthApi;

import org.awaitility.Awaitility;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An authenticator on somebody's phone (RFC 6238), enrolled over REST.
final class Authenticator {
    private static final String PATH = "/api/v1/auth/second-factor";
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int STEP_SECONDS = 30;

    private final byte[] secret;
    private long shown;

    private Authenticator(byte[] secret) {
        this.secret = secret;
    }

    /// @param session that was begun a moment ago
    static Authenticator enrol(AuthApi api, String session) {
        String text = api.auth(session).post(PATH).then().statusCode(200).extract().path("secret");
        var phone = new Authenticator(decode(text));
        api.auth(session)
                .body(Map.of("otp", phone.code()))
                .post(PATH + "/confirm")
                .then()
                .statusCode(200);
        return phone;
    }

    /// A code that was not shown before: that of this moment, or the next one, which the service
    /// takes for clocks that go ahead.
    String code() {
        Awaitility.await("a new code")
                .atMost(Duration.ofSeconds(STEP_SECONDS + 5))
                .until(() -> present() + 1 > shown);
        shown = Math.max(present(), shown + 1);
        return code(shown);
    }

    private static long present() {
        return Instant.now().getEpochSecond() / STEP_SECONDS;
    }

    /// RFC 4226 section 5.3.
    private String code(long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int value = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return "%06d".formatted(value % 1_000_000);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] decode(String base32) {
        var bytes = new ByteArrayOutputStream();
        long held = 0;
        int bits = 0;
        for (char letter : base32.toCharArray()) {
            held = held << 5 | BASE32.indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write((int) (held >> bits));
            }
        }
        return bytes.toByteArray();
    }
}
