package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.sqlguard.LiteralFree;
import dev.drawbridge.gateway.tool.Schemas;

import io.vertx.core.json.JsonObject;

import java.util.Optional;

/// Texts of statements of others, for who may see them: short, and without their values unless
/// those are asked for.
final class StatementTexts {
    private static final int LONGEST = 400;
    private static final String QUERY = "query";

    private StatementTexts() {}

    /// The argument that asks for values.
    static JsonObject literals() {
        return Schemas.bool("Statement texts with the values in them (administrators).");
    }

    /// Shortens the texts of a list, and takes the values out.
    static void prepare(Report report, String list, boolean literals) {
        report.list(list).forEach(row -> prepare(row, literals));
    }

    private static void prepare(JsonObject row, boolean literals) {
        String query = row.getString(QUERY);
        if (query != null && !query.isEmpty()) {
            row.put(QUERY, shortened(literals ? query : withoutLiterals(query)));
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
    }

    /// The server cuts a long text (`track_activity_query_size`), perhaps within a value: then it
    /// is told as far as it can be read. From the left, so that what is in quotes stays in quotes.
    static String withoutLiterals(String text) {
        String left = text;
        Optional<String> readable = LiteralFree.of(left);
        while (readable.isEmpty() && !left.isEmpty()) {
            left = left.substring(0, lastOpening(left));
            readable = LiteralFree.of(left);
        }
        return readable.orElse("") + (left.length() < text.length() ? " …" : "");
    }

    private static int lastOpening(String text) {
        int last = Math.max(text.lastIndexOf('\''), text.lastIndexOf('"'));
        return Math.max(0, Math.max(last, Math.max(text.lastIndexOf('$'), text.lastIndexOf('/'))));
    }
}
