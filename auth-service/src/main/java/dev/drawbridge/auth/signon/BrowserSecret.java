package dev.drawbridge.auth.signon;

import dev.drawbridge.identity.Digest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// 32 random bytes that one browser holds in a cookie during one sign-on. The nonce and the PKCE
/// verifier are made from it, so that nobody else, the datastore included, knows them.
final class BrowserSecret {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] bytes;

    private BrowserSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    static BrowserSecret generate() {
        return new BrowserSecret(random());
    }

    /// A new `state`: 256 random bits.
    static String newState() {
        return BASE64.encodeToString(random());
    }

    /// Empty for a cookie that we did not set.
    static Optional<BrowserSecret> parse(String cookie) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cookie);
            return bytes.length == BYTES ? Optional.of(new BrowserSecret(bytes)) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    String cookie() {
        return BASE64.encodeToString(bytes);
    }

    String nonce(String state) {
        return derive("nonce:" + state);
    }

    /// 43 characters (RFC 7636 section 4.1).
    String verifier(String state) {
        return derive("pkce:" + state);
    }

    byte[] sha256() {
        return Digest.of(bytes);
    }

    private String derive(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return BASE64.encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "BrowserSecret[…]";
    }
}
