package dev.drawbridge.identity;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/// The form of our opaque credentials: prefix, 32 random bytes as 43 base62 characters, and a
/// CRC-32 of all that as 6 more. The checksum lets a secret scanner, and us, tell a real one from a
/// typo without a lookup; it protects nothing.
///
/// @param type what the prefix says
/// @param text the whole credential: a secret
public record OpaqueCredential(CredentialType type, String text) {
    private static final String BASE62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// A new one, of 256 random bits.
    public static OpaqueCredential generate(CredentialType type) {
        if (!type.isOpaque()) {
            throw new IllegalArgumentException(type + " is issued elsewhere");
        }
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        String body = type.prefix() + base62(new BigInteger(1, bytes), SECRET_LENGTH);
        return new OpaqueCredential(type, body + checksum(body));
    }

    /// Empty for anything that cannot have been issued by us.
    public static Optional<OpaqueCredential> parse(String text) {
        for (var type : CredentialType.values()) {
            int length = type.prefix().length() + SECRET_LENGTH + CHECKSUM_LENGTH;
            if (type.isOpaque() && text.length() == length && text.startsWith(type.prefix())) {
                int end = length - CHECKSUM_LENGTH;
                return checksum(text.substring(0, end)).equals(text.substring(end))
                        ? Optional.of(new OpaqueCredential(type, text))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// What is stored and compared in place of the secret. SHA-256 without a salt or cost is right
    /// for 256 random bits.
    public byte[] sha256() {
        return Digest.of(text);
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII)));
        return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
    }

    private static String base62(BigInteger number, int length) {
        var digits = new char[length];
        var rest = number;
        for (int i = length - 1; i >= 0; i--) {
            var parts = rest.divideAndRemainder(BigInteger.valueOf(BASE62.length()));
            digits[i] = BASE62.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return type.prefix() + "…";
    }
}
