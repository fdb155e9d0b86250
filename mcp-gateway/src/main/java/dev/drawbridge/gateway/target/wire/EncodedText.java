package dev.drawbridge.gateway.target.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing text in UTF-8. Rows come as UTF-8 and leave as UTF-8: in between they are copied, not
/// decoded.
final class EncodedText {
    private byte[] bytes;
    private int size;

    EncodedText(int capacity) {
        this.bytes = new byte[capacity];
    }

    void append(int ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void append(byte[] from, int start, int end) {
        int length = end - start;
        reserve(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    void append(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        append(encoded, 0, encoded.length);
    }

    void append(EncodedText other) {
        append(other.bytes, 0, other.size);
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// Takes back what was appended beyond a size.
    void truncate(int earlier) {
        size = earlier;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
