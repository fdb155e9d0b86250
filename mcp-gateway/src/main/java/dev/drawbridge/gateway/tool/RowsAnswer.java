package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.target.Column;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Kept;
import dev.drawbridge.gateway.target.Statement;

import io.vertx.core.json.Json;

import org.jspecify.annotations.Nullable;

/// Rows as a tool's answer. The JSON is put together from what was written while the rows arrived;
/// nothing is parsed again.
public final class RowsAnswer {
    /// What a page has of rows in both forms together, in bytes: a model pays for each.
    private static final int PAGE = 16_000;

    private RowsAnswer() {}

    /// A statement that can be gone on with, in a page that a model can take unless its call says
    /// how many rows it wants.
    public static Statement paged(ToolCall call, Statement statement) {
        return call.arguments().containsKey("limit") ? statement : statement.within(PAGE);
    }

    /// Rows in both forms.
    ///
    /// @param nextCursor where to go on; null when there is no more, or no way to go on
    public static ToolAnswer of(EncodedRows rows, @Nullable String nextCursor) {
        String cursor = nextCursor == null ? "" : ",\"nextCursor\":\"" + nextCursor + "\"";
        Kept kept = rows.kept();
        String age = kept == null ? "" : kept.note();
        var answer =
                new ToolAnswer(
                        UntrustedText.enclose(rows.tsv(), note(rows, nextCursor) + age),
                        "{" + fields(rows) + cursor + "}",
                        rows.count());
        return kept == null ? answer : answer.withMeta(kept.meta());
    }

    /// The fields of a JSON object that tell of rows.
    public static String fields(EncodedRows rows) {
        var columns = new StringBuilder();
        for (Column column : rows.columns()) {
            columns.append(columns.isEmpty() ? "{\"name\":" : ",{\"name\":")
                    .append(Json.encode(column.name()))
                    .append(",\"type\":\"")
                    .append(column.type())
                    .append("\"}");
        }
        return "\"columns\":["
                + columns
                + "],\"rows\":"
                + rows.json()
                + ",\"rowCount\":"
                + rows.count()
                + ",\"truncated\":"
                + rows.more();
    }

    private static String note(EncodedRows rows, @Nullable String nextCursor) {
        String counted = rows.count() == 1 ? "1 row" : rows.count() + " rows";
        if (rows.cut()) {
            return counted + ", cut at the byte limit: select fewer or shorter columns.";
        }
        if (nextCursor != null) {
            return counted + ", more follow: cursor " + nextCursor;
        }
        return rows.more() ? counted + ", more follow." : counted + ".";
    }
}
