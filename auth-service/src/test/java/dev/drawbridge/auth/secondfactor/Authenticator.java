package dev.drawbridge.auth.secondfactor;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.testkit.Secrets;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;

/// An authenticator on someone's phone.
public final class Authenticator {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String PATH = "/api/v1/auth/second-factor";

    private final byte[] secret;
    private final List<String> recoveryCodes;

    private Authenticator(byte[] secret, List<String> recoveryCodes) {
        this.secret = secret;
        this.recoveryCodes = recoveryCodes;
    }

    /// Enrols a person whose session is fresh.
    public static Authenticator enrol(Person person) {
        return enrol(person.session());
    }

    public static Authenticator enrol(String session) {
        String text =
                Api.bearer(session).post(PATH).then().statusCode(200).extract().path("secret");
        byte[] secret = decode(Secrets.ofThisRun().add(text));
        List<String> codes =
                Api.bearer(session)
                        .body(otp(new Authenticator(secret, List.of()).code()))
                        .post(PATH + "/confirm")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("recoveryCodes");
        codes.forEach(Secrets.ofThisRun()::add);
        return new Authenticator(secret, codes);
    }

    public String code() {
        return Secrets.ofThisRun().add(Totp.code(secret, Instant.now().getEpochSecond() / 30));
    }

    /// The present code, as if none had been used before.
    public String unusedCode() {
        TestTenant.run("update auth.second_factor set last_step = 0");
        return code();
    }

    public List<String> recoveryCodes() {
        return recoveryCodes;
    }

    public static String otp(String code) {
        return "{\"otp\": \"" + code + "\"}";
    }

    static byte[] decode(String base32) {
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
