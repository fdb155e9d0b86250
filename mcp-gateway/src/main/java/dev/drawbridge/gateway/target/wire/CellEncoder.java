package dev.drawbridge.gateway.target.wire;

import java.nio.charset.StandardCharsets;

/// One value of PostgreSQL, from its textual form, as JSON and as a cell of tab-separated text.
/// Nothing is lost on the way to a client whose numbers are doubles: what a double cannot hold
/// exactly becomes a string.
final class CellEncoder {
    private static final long EXACT_IN_A_DOUBLE = 1L << 53;
    private static final int DIGITS_OF_A_DOUBLE = 15;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// What a byte of a text needs: 0 nothing, 1 an escape in both forms, 2 one in JSON only, 3 one
    /// in the text only, 4 a look at the byte behind it.
    private static final byte[] CARE = new byte[256];

    private static final int BOTH = 1;
    private static final int IN_JSON = 2;
    private static final int IN_TEXT = 3;
    private static final int LOOK = 4;

    /// The first byte of U+0080 to U+00BF in UTF-8. Up to U+009F they are control characters too.
    private static final int C1_LEAD = 0xC2;

    private static final int C1_END = 0xA0;

    static {
        for (int i = 0; i < ' '; i++) {
            CARE[i] = BOTH;
        }
        CARE['"'] = IN_JSON;
        CARE['\\'] = BOTH;
        CARE[0x7F] = IN_TEXT;
        CARE[C1_LEAD] = LOOK;
    }

    private CellEncoder() {}

    /// Appends the value as JSON.
    static void json(EncodedText out, PgType type, byte[] from, int start, int end) {
        switch (type.form()) {
            case WHOLE -> out.append(from, start, end);
            case JSON -> compact(out, from, start, end);
            case BIG -> whole(out, from, start, end);
            case DECIMAL -> decimal(out, from, start, end);
            case FLOATING -> floating(out, from, start, end);
            case BOOLEAN -> bool(out, from[start]);
            case TIMESTAMP -> {
                out.append('"');
                timestamp(out, from, start, end);
                out.append('"');
            }
            case TEXT -> quoted(out, from, start, end);
            case ARRAY -> ArrayText.json(out, type, from, start, end);
        }
    }

    /// Appends the value to both forms. As a cell it has the escapes of COPY's text format, and
    /// control characters are made visible: text from a database must not steer a terminal.
    static void both(
            EncodedText json, EncodedText cells, PgType type, byte[] from, int start, int end) {
        int written = json.size();
        json(json, type, from, start, end);
        switch (type.form()) {
            case WHOLE, BIG, DECIMAL, FLOATING -> cells.append(from, start, end);
            case BOOLEAN -> bool(cells, from[start]);
            case TIMESTAMP -> timestamp(cells, from, start, end);
            case TEXT -> escaped(cells, from, start, end);
            case JSON, ARRAY -> escaped(cells, json.array(), written, json.size());
        }
    }

    /// A text as a JSON string.
    static void quoted(EncodedText out, byte[] from, int start, int end) {
        out.append('"');
        int copied = start;
        for (int i = start; i < end; i++) {
            byte care = CARE[from[i] & 0xff];
            if (care == BOTH || care == IN_JSON) {
                out.append(from, copied, i);
                jsonEscape(out, from[i]);
                copied = i + 1;
            }
        }
        out.append(from, copied, end);
        out.append('"');
    }

    /// A text as a cell.
    static void escaped(EncodedText out, byte[] from, int start, int end) {
        int copied = start;
        for (int i = start; i < end; i++) {
            byte care = CARE[from[i] & 0xff];
            boolean one = care == BOTH || care == IN_TEXT;
            boolean two = care == LOOK && i + 1 < end && (from[i + 1] & 0xff) < C1_END;
            if (one || two) {
                out.append(from, copied, i);
                if (two) {
                    i++;
                }
                cellEscape(out, from[i] & 0xff);
                copied = i + 1;
            }
        }
        out.append(from, copied, end);
    }

    private static void jsonEscape(EncodedText out, int character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> unicode(out, character);
        }
    }

    private static void cellEscape(EncodedText out, int character) {
        switch (character) {
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> unicode(out, character);
        }
    }

    private static void unicode(EncodedText out, int character) {
        out.append("\\u00");
        out.append(HEX[character >> 4]);
        out.append(HEX[character & 0xf]);
    }

    /// JSON without the white space between its tokens, which nobody needs to read.
    private static void compact(EncodedText out, byte[] from, int start, int end) {
        boolean inString = false;
        int copied = start;
        for (int i = start; i < end; i++) {
            byte character = from[i];
            if (inString && character == '\\') {
                i++;
            } else if (character == '"') {
                inString = !inString;
            } else if (!inString && character <= ' ' && character >= 0) {
                out.append(from, copied, i);
                copied = i + 1;
            }
        }
        out.append(from, copied, end);
    }

    private static void bool(EncodedText out, byte value) {
        byte[] word = value == 't' ? TRUE : FALSE;
        out.append(word, 0, word.length);
    }

    private static void whole(EncodedText out, byte[] from, int start, int end) {
        long value = 0;
        for (int i = from[start] == '-' ? start + 1 : start; i < end; i++) {
            value = 10 * value + from[i] - '0';
        }
        if (value >= 0 && value < EXACT_IN_A_DOUBLE) {
            out.append(from, start, end);
        } else {
            quoted(out, from, start, end);
        }
    }

    /// As many digits as any double keeps are a number, more are a string; so are NaN and infinity.
    private static void decimal(EncodedText out, byte[] from, int start, int end) {
        boolean exact = end - start <= DIGITS_OF_A_DOUBLE || digits(from, start, end);
        if (exact && isDigit(from[end - 1])) {
            out.append(from, start, end);
        } else {
            quoted(out, from, start, end);
        }
    }

    private static boolean digits(byte[] from, int start, int end) {
        int digits = 0;
        for (int i = start; i < end; i++) {
            if (isDigit(from[i])) {
                digits++;
            }
        }
        return digits <= DIGITS_OF_A_DOUBLE;
    }

    private static void floating(EncodedText out, byte[] from, int start, int end) {
        if (isDigit(from[end - 1])) {
            out.append(from, start, end);
        } else {
            quoted(out, from, start, end);
        }
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /// PostgreSQL's ISO form `2026-01-02 03:04:05.6+00` as RFC 3339: `T` for the space, `Z` for no
    /// offset, minutes for an offset without. `infinity` and years before Christ stay as they are.
    private static void timestamp(EncodedText out, byte[] from, int start, int end) {
        int space = start;
        while (space < end && from[space] != ' ') {
            space++;
        }
        if (space == end || !isDigit(from[end - 1])) {
            out.append(from, start, end);
            return;
        }
        out.append(from, start, space);
        out.append('T');
        int offset = space;
        while (offset < end && from[offset] != '+' && from[offset] != '-') {
            offset++;
        }
        out.append(from, space + 1, offset);
        if (end - offset == 3 && from[offset + 1] == '0' && from[offset + 2] == '0') {
            out.append('Z');
        } else if (end - offset == 3) {
            out.append(from, offset, end);
            out.append(":00");
        } else {
            out.append(from, offset, end);
        }
    }
}
