package dev.drawbridge.gateway.target.wire;

/// PostgreSQL's textual form of an array, `{1,NULL,"a,b",{…}}`, as a JSON array.
/// https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
final class ArrayText {
    private static final String NULL = "NULL";

    private final byte[] from;
    private final int end;
    private final PgType element;
    private int at;

    private ArrayText(byte[] from, int start, int end, PgType element) {
        this.from = from;
        this.at = start;
        this.end = end;
        this.element = element;
    }

    /// @param type of the array; its element must be known
    static void json(EncodedText out, PgType type, byte[] from, int start, int end) {
        PgType element = type.element();
        if (element == null) {
            throw new IllegalArgumentException(type.name() + " is no array");
        }
        int open = start;
        while (from[open] != '{') { // Bounds that are not 1 stand before it: [0:2]={…}
            open++;
        }
        new ArrayText(from, open, end, element).array(out);
    }

    private void array(EncodedText out) {
        out.append('[');
        at++;
        while (from[at] != '}') {
            switch (from[at]) {
                case '{' -> array(out);
                case '"' -> quoted(out);
                case ',' -> {
                    out.append(',');
                    at++;
                }
                default -> bare(out);
            }
        }
        at++;
        out.append(']');
    }

    private void bare(EncodedText out) {
        int start = at;
        while (at < end && from[at] != ',' && from[at] != '}') {
            at++;
        }
        if (isNull(start)) {
            out.append("null");
        } else {
            CellEncoder.json(out, element, from, start, at);
        }
    }

    private boolean isNull(int start) {
        if (at - start != NULL.length()) {
            return false;
        }
        for (int i = 0; i < NULL.length(); i++) {
            if ((from[start + i] & ~0x20) != NULL.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void quoted(EncodedText out) {
        var content = new EncodedText(32);
        at++;
        while (from[at] != '"') {
            if (from[at] == '\\') {
                at++;
            }
            content.append(from[at++]);
        }
        at++;
        CellEncoder.json(out, element, content.array(), 0, content.size());
    }
}
