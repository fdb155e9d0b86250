package dev.drawbridge.audit;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The one way in which fields become bytes before they are hashed. Every field is a mark (0
/// absent, 1 present) and, if present, its length in four bytes and its bytes: what differs in any
/// field differs in bytes, wherever one field ends and the next begins. Numbers are eight bytes,
/// big end first, UUIDs sixteen, text is UTF-8.
final class Canonical {
    private static final int BYTE = 0xff;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final MessageDigest sha256;

    Canonical() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Begins anew.
    ///
    /// @param form what is encoded, with the version of its fields, such as `record.1`
    Canonical begin(String form) {
        bytes.reset();
        return text(form);
    }

    Canonical text(@Nullable String value) {
        return value == null ? absent() : raw(value.getBytes(StandardCharsets.UTF_8));
    }

    Canonical number(long value) {
        present(Long.BYTES);
        eight(value);
        return this;
    }

    Canonical number(@Nullable Integer value) {
        return value == null ? absent() : number(value.longValue());
    }

    Canonical id(@Nullable UUID value) {
        if (value == null) {
            return absent();
        }
        present(2 * Long.BYTES);
        eight(value.getMostSignificantBits());
        eight(value.getLeastSignificantBits());
        return this;
    }

    Canonical raw(byte[] value) {
        present(value.length);
        bytes.writeBytes(value);
        return this;
    }

    /// The bytes so far.
    byte[] bytes() {
        return bytes.toByteArray();
    }

    /// Their SHA-256.
    byte[] sha256() {
        return sha256.digest(bytes.toByteArray());
    }

    /// The first half of their SHA-256, which is enough to address content: finding two contents
    /// with one address takes 2⁶⁴ tries, finding a second one for a given address 2¹²⁸.
    UUID address() {
        byte[] hash = sha256();
        return new UUID(eight(hash, 0), eight(hash, Long.BYTES));
    }

    private Canonical absent() {
        bytes.write(0);
        return this;
    }

    private void present(int length) {
        bytes.write(1);
        bytes.write(length >>> 24);
        bytes.write(length >>> 16);
        bytes.write(length >>> 8);
        bytes.write(length);
    }

    private void eight(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes.write((int) (value >>> shift));
        }
    }

    private static long eight(byte[] from, int at) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << Byte.SIZE) | (from[at + i] & BYTE);
        }
        return value;
    }
}
