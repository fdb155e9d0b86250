package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// One row as PostgreSQL sent it: every value in its textual form, in UTF-8. The same object is
/// filled anew for each row of a session.
final class DataRow {
    /// What is worth keeping between two flights.
    private static final int SMALL = 16_384;

    private List<ColumnType> columns = List.of();
    private byte[] bytes = new byte[1024];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int width;

    /// A column and how its values are to be read.
    record ColumnType(String name, PgType type) {}

    /// Reads the body of a DataRow message.
    ///
    /// @see <a
    ///   href="https://www.postgresql.org/docs/current/protocol-message-formats.html">formats</a>
    void read(List<ColumnType> described, ByteBuf message, int length) {
        columns = described;
        if (length > bytes.length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        message.readBytes(bytes, 0, length);
        width = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        if (width > starts.length) {
            starts = new int[width];
            ends = new int[width];
        }
        int at = Short.BYTES;
        for (int i = 0; i < width; i++) {
            int size = int32(at);
            at += Integer.BYTES;
            starts[i] = at;
            ends[i] = size < 0 ? -1 : at + size;
            at += Math.max(0, size);
        }
    }

    /// Lets go of the memory that a large row took.
    void shrink() {
        if (bytes.length > SMALL) {
            bytes = new byte[1024];
        }
    }

    int width() {
        return width;
    }

    PgType type(int column) {
        return columns.get(column).type();
    }

    boolean isNull(int column) {
        return ends[column] < 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int column) {
        return starts[column];
    }

    int end(int column) {
        return ends[column];
    }

    String text(int column) {
        int start = starts[column];
        return new String(bytes, start, ends[column] - start, StandardCharsets.UTF_8);
    }

    private int int32(int at) {
        return ((bytes[at] & 0xff) << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }
}
