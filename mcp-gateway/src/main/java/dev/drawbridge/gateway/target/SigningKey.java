package dev.drawbridge.gateway.target;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key by which a connection vouches for who asks, in a text that `drawbridge.claims()` of the
/// target verifies:
///
/// `v1.{key id}.{expiry, in seconds}.{connection}.{HMAC}.{claims}`
///
/// HMAC-SHA-256 (RFC 2104) is over the same text without it and its dot, in hexadecimal.
public final class SigningKey {
    /// The setting that holds the text.
    public static final String SETTING = "drawbridge.identity";

    /// Of SHA-256 (FIPS 180-4).
    private static final int BLOCK_BYTES = 64;

    private static final int INNER = 0x36;
    private static final int OUTER = 0x5c;
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final UUID connection;
    private final String id;
    private final byte[] secret;

    /// @param id 16 hexadecimal digits
    public SigningKey(UUID connection, String id, byte[] secret) {
        this.connection = connection;
        this.id = id;
        this.secret = secret.clone();
    }

    /// A new one.
    public static SigningKey random(UUID connection) {
        return new SigningKey(
                connection, HexFormat.of().formatHex(some(ID_BYTES)), some(SECRET_BYTES));
    }

    public UUID connection() {
        return connection;
    }

    public String id() {
        return id;
    }

    /// For storing it sealed.
    public byte[] secret() {
        return secret.clone();
    }

    /// The text that says who asks.
    ///
    /// @param claims a JSON object
    public String sign(String claims, Instant expiry) {
        String head = "v1.%s.%010d.%s.".formatted(id, expiry.getEpochSecond(), connection);
        return head + HexFormat.of().formatHex(mac(head + claims)) + "." + claims;
    }

    /// The first block of HMAC's inner hash: what a server needs instead of the key.
    public byte[] innerPad() {
        return pad(secret, INNER);
    }

    /// The first block of HMAC's outer hash.
    public byte[] outerPad() {
        return pad(secret, OUTER);
    }

    private byte[] mac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] pad(byte[] key, int with) {
        try {
            byte[] fitting =
                    key.length > BLOCK_BYTES
                            ? MessageDigest.getInstance("SHA-256").digest(key)
                            : key;
            byte[] block = Arrays.copyOf(fitting, BLOCK_BYTES);
            for (int i = 0; i < BLOCK_BYTES; i++) {
                block[i] ^= (byte) with;
            }
            return block;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] some(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey key
                && key.connection.equals(connection)
                && key.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /// Never the key.
    @Override
    public String toString() {
        return "signing key " + id;
    }
}
