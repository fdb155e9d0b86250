package dev.drawbridge.gateway.login;

import dev.drawbridge.gateway.connection.Connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names a login and its password without holding them: by an HMAC under a key that this process
/// made and nobody else knows, so that nothing can be guessed from the name.
final class LoginDigest {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    LoginDigest() {
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /// @param digest all 32 bytes
    record Key(ByteBuffer digest) {
        /// An id for the same: 122 of its bits as a UUID of version 8 (RFC 9562).
        UUID credential() {
            return uuid(digest);
        }
    }

    /// Of a login as its connection is now: a change of the connection makes it another one.
    Key of(Connection connection, BasicCredential credential) {
        byte[] login = credential.login().getBytes(StandardCharsets.UTF_8);
        byte[] password = credential.password().getBytes(StandardCharsets.UTF_8);
        var content =
                ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES + login.length + password.length)
                        .putLong(connection.id().getMostSignificantBits())
                        .putLong(connection.id().getLeastSignificantBits())
                        .putLong(connection.version())
                        .putInt(login.length)
                        .put(login)
                        .put(password);
        return new Key(ByteBuffer.wrap(mac().doFinal(content.array())).asReadOnlyBuffer());
    }

    /// The first bytes of a digest as a UUID of version 8: made by an algorithm of our own.
    static UUID uuid(ByteBuffer digest) {
        long most = (digest.getLong(0) & ~0xF000L) | 0x8000L;
        long least = (digest.getLong(Long.BYTES) & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(most, least);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
