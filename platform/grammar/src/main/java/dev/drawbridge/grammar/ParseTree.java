package dev.drawbridge.grammar;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;

/// The statements of a text, as PostgreSQL's parser reads them. Locations count bytes of the text
/// in UTF-8, from 0.
public final class ParseTree {
    private final JsonNode statements;
    private final byte[] text;

    ParseTree(JsonNode statements, byte[] text) {
        this.statements = statements;
        this.text = text;
    }

    /// An array of objects with `stmt`, `stmt_location` and `stmt_len`. A node is an object with
    /// its type as the only key (`{"SelectStmt": {…}}`), or just its fields where only one type can
    /// stand; a field that has its default is left out. Types and fields are those of PostgreSQL's
    /// `parsenodes.h`.
    public JsonNode statements() {
        return statements;
    }

    /// The length of the text in bytes.
    public int length() {
        return text.length;
    }

    /// The place of a location as PostgreSQL says places: in characters from 1; 0 for a negative
    /// location, which is one that is not known.
    public int position(int location) {
        if (location < 0) {
            return 0;
        }
        String before = part(0, Math.min(location, text.length));
        return 1 + before.codePointCount(0, before.length());
    }

    /// A part of the text, between two locations.
    public String part(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
}
