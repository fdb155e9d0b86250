package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.sqlguard.LiteralFree;
import dev.drawbridge.gateway.tool.Schemas;

import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Optional;

/// Texts of statements of others, for who may see them: short, and without their values unless
/// those are asked for.
final class StatementTexts {
    /// For the texts of one answer, in characters: the fewer there are, the longer each may be.
    private static final int ROOM = 5_000;

    private static final int SHORTEST = 200;
    private static final int LONGEST = 2_000;
    private static final String QUERY = "query";

    private StatementTexts() {}

    /// The argument that asks for values.
    static JsonObject literals() {
        return Schemas.bool("Statement texts with the values in them (administrators).");
    }

    /// Shortens the texts of a list, and takes the values out.
    static void prepare(Report report, String list, boolean literals) {
        List<JsonObject> rows = report.list(list);
        int most = Math.clamp(ROOM / Math.max(1, rows.size()), SHORTEST, LONGEST);
        rows.forEach(row -> prepare(row, literals, most));
    }

    private static void prepare(JsonObject row, boolean literals, int most) {
        String query = row.getString(QUERY);
        if (query != null && !query.isEmpty()) {
            String text = literals ? query : withoutLiterals(query);
            row.put(QUERY, text.length() > most ? text.substring(0, most) + " …" : text);
        }
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
