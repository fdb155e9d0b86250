package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The messages of PostgreSQL's extended query protocol that we send.
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">formats</a>
final class Frontend {
    private final ByteBuf out;

    Frontend(ByteBuf out) {
        this.out = out;
    }

    /// The types of the parameters are left to the server.
    void parse(String name, String sql) {
        int start = begin('P');
        text(name);
        text(sql);
        out.writeShort(0);
        end(start);
    }

    void describe(String statement) {
        int start = begin('D');
        out.writeByte('S');
        text(statement);
        end(start);
    }

    void close(String statement) {
        int start = begin('C');
        out.writeByte('S');
        text(statement);
        end(start);
    }

    /// Parameters and results are in their textual form.
    ///
    /// @param portal its name; empty for the one that the next replaces
    void bind(String portal, String statement, List<@Nullable String> parameters) {
        int start = begin('B');
        text(portal);
        text(statement);
        out.writeShort(0);
        out.writeShort(parameters.size());
        for (String parameter : parameters) {
            if (parameter == null) {
                out.writeInt(-1);
            } else {
                int length = out.writerIndex();
                out.writeInt(0);
                ByteBufUtil.writeUtf8(out, parameter);
                out.setInt(length, out.writerIndex() - length - Integer.BYTES);
            }
        }
        out.writeShort(0);
        end(start);
    }

    /// @param rows to hand out at most; 0 for all
    void execute(String portal, int rows) {
        int start = begin('E');
        text(portal);
        out.writeInt(rows);
        end(start);
    }

    void sync() {
        end(begin('S'));
    }

    /// A statement of ours by the simple protocol.
    void query(String sql) {
        int start = begin('Q');
        text(sql);
        end(start);
    }

    private int begin(char kind) {
        out.writeByte(kind);
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    private void end(int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    private void text(String text) {
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        out.writeByte(0);
    }
}
