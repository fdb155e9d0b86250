package dev.drawbridge.audit;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/// The one way in which fields become bytes before they are hashed. Every field is a mark (0
/// absent, 1 present) and, if present, its length in four bytes and its bytes: what differs in any
/// field differs in bytes, wherever one field ends and the next begins. Numbers are eight bytes,
/// big end first, UUIDs sixteen, text is UTF-8.
final class Canonical {
    private static final int BYTE = 0xff;

    private final MessageDigest sha256;
    private byte[] bytes = new byte[512];
    private int length;

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
        length = 0;
        return text(form);
    }

    Canonical text(@Nullable String value) {
        return value == null ? absent() : raw(value.getBytes(StandardCharsets.UTF_8));
    }

    /// A text as it can be stored: PostgreSQL keeps no NUL, and callers may send one. A record that
    /// could not be stored would hold up all that follow.
    static @Nullable String storable(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\ufffd');
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
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /// The bytes so far.
    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// Their SHA-256.
    byte[] sha256() {
        sha256.update(bytes, 0, length);
        return sha256.digest();
    }

    /// The first half of their SHA-256, which is enough to address content: finding two contents
    /// with one address takes 2⁶⁴ tries, finding a second one for a given address 2¹²⁸.
    UUID address() {
        byte[] hash = sha256();
        return new UUID(eight(hash, 0), eight(hash, Long.BYTES));
    }

    private Canonical absent() {
        reserve(1);
        bytes[length++] = 0;
        return this;
    }

    /// The mark and the length; there is room for the content then.
    private void present(int content) {
        reserve(1 + Integer.BYTES + content);
        bytes[length++] = 1;
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (content >>> shift);
        }
    }

    private void eight(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
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
