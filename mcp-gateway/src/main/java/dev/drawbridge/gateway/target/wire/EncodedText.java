package dev.drawbridge.gateway.target.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing text in UTF-8. Rows come as UTF-8 and leave as UTF-8: in between they are copied, not
/// decoded. One that is full takes nothing more, and says so.
final class EncodedText {
    private final int most;
    private byte[] bytes;
    private int size;
    private boolean full;

    EncodedText(int capacity) {
        this(capacity, Integer.MAX_VALUE - Long.BYTES);
    }

    /// @param most bytes that it grows to; no less than the capacity
    EncodedText(int capacity, int most) {
        this.bytes = new byte[capacity];
        this.most = most;
    }

    void append(int ascii) {
        if (hasRoom(1)) {
            bytes[size++] = (byte) ascii;
        }
    }

    void append(byte[] from, int start, int end) {
        int length = end - start;
        if (hasRoom(length)) {
            System.arraycopy(from, start, bytes, size, length);
            size += length;
        }
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

    /// Whether something did not fit; what was appended since is not whole.
    boolean isFull() {
        return full;
    }

    /// Takes back what was appended beyond a size; there is room again.
    void truncate(int earlier) {
        size = earlier;
        full = false;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private boolean hasRoom(int more) {
        long needed = (long) size + more;
        full |= needed > most;
        if (!full && needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(2L * bytes.length, needed)));
        }
        return !full;
    }
}
