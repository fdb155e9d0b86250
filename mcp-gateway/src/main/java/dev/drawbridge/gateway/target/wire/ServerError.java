package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// What PostgreSQL says when a statement fails.
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-error-fields.html">fields</a>
final class ServerError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String state;
    private final @Nullable String hint;
    private final @Nullable String where;
    private final int position;

    private ServerError(Fields fields) {
        super(fields.message, null, false, false);
        this.state = fields.state;
        this.hint = fields.hint;
        this.where = fields.where;
        this.position = fields.position;
    }

    /// Reads the body of an ErrorResponse message.
    static ServerError read(ByteBuf message, int length) {
        int end = message.readerIndex() + length;
        var fields = new Fields();
        while (message.readerIndex() < end) {
            byte kind = message.readByte();
            if (kind == 0) {
                break;
            }
            fields.put(kind, text(message));
        }
        message.readerIndex(end);
        return new ServerError(fields);
    }

    /// The SQLSTATE.
    String state() {
        return state;
    }

    /// The primary message.
    String message() {
        return String.valueOf(getMessage());
    }

    @Nullable String hint() {
        return hint;
    }

    /// The context in which it happened, such as the number of a parameter.
    @Nullable String where() {
        return where;
    }

    /// The character of the statement, from one; 0 where PostgreSQL names none.
    int position() {
        return position;
    }

    private static String text(ByteBuf message) {
        int length = message.bytesBefore((byte) 0);
        String text = message.toString(message.readerIndex(), length, StandardCharsets.UTF_8);
        message.skipBytes(length + 1);
        return text;
    }

    private static final class Fields {
        private String state = "XX000";
        private String message = "";
        private @Nullable String hint;
        private @Nullable String where;
        private int position;

        private void put(byte kind, String text) {
            switch (kind) {
                case 'C' -> state = text;
                case 'M' -> message = text;
                case 'H' -> hint = text;
                case 'W' -> where = text;
                case 'P' -> position = Integer.parseInt(text);
                default -> {} // Severity, source file and the like.
            }
        }
    }
}
