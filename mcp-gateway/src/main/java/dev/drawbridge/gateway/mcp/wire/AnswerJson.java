package dev.drawbridge.gateway.mcp.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import dev.drawbridge.gateway.tool.ToolAnswer;

import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;

/// The result of `tools/call`, from the bytes that the tool made: building an object of each part
/// would cost more than the call.
public final class AnswerJson {
    private AnswerJson() {}

    /// Room for an answer and what is around it, bytes.
    public static int sizeOf(ToolAnswer answer) {
        return (int) Math.min(Integer.MAX_VALUE / 2, answer.size() + 512);
    }

    /// Appends the fields of the result but `_meta`, without the braces around them.
    public static void append(Buffer buffer, ToolAnswer answer) {
        buffer.appendString(
                answer.isError()
                        ? "\"isError\":true,\"content\":["
                        : "\"isError\":false,\"content\":[");
        boolean first = true;
        if (!answer.text().isEmpty() || answer.more().isEmpty()) {
            buffer.appendString("{\"type\":\"text\",\"text\":\"")
                    .appendBytes(quoted(answer.text()))
                    .appendString("\"}");
            first = false;
        }
        for (var piece : answer.more()) {
            buffer.appendString(first ? "" : ",").appendBuffer(ContentJson.of(piece).toBuffer());
            first = false;
        }
        buffer.appendString("]");
        if (answer.json() != null) {
            buffer.appendString(",\"structuredContent\":").appendString(answer.json());
        }
    }

    /// The same with what is to be known of the answer.
    public static void appendWithMeta(Buffer buffer, ToolAnswer answer) {
        append(buffer, answer);
        if (answer.meta() != null) {
            buffer.appendString(",\"_meta\":").appendString(answer.meta());
        }
    }

    /// Half of a surrogate pair, which JSON can say and UTF-8 cannot, becomes a question mark as in
    /// the rest of the answer.
    private static byte[] quoted(String text) {
        var encoder = JsonStringEncoder.getInstance();
        try {
            return encoder.quoteAsUTF8(text);
        } catch (IllegalArgumentException halfPair) {
            byte[] replaced = text.getBytes(StandardCharsets.UTF_8);
            return encoder.quoteAsUTF8(new String(replaced, StandardCharsets.UTF_8));
        }
    }
}
