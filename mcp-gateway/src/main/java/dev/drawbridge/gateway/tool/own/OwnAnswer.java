package dev.drawbridge.gateway.tool.own;

import dev.drawbridge.gateway.target.Column;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Rows in the form that an own tool answers in.
final class OwnAnswer {
    private static final String NOTHING = "No row.";

    private OwnAnswer() {}

    static ToolAnswer of(OwnToolDefinition.Form form, EncodedRows rows) {
        ToolAnswer whole = RowsAnswer.of(rows, null);
        String meta = whole.meta();
        return form == OwnToolDefinition.Form.ROWS || meta == null
                ? in(form, rows, whole)
                : in(form, rows, whole).withMeta(meta);
    }

    private static ToolAnswer in(OwnToolDefinition.Form form, EncodedRows rows, ToolAnswer whole) {
        return switch (form) {
            case ROWS -> whole;
            case ROW ->
                    new ToolAnswer(
                            text(rows, rows.tsv()),
                            new JsonObject().put("row", row(rows)).encode(),
                            rows.count());
            case VALUE ->
                    new ToolAnswer(
                            text(rows, shown(rows)),
                            new JsonObject().put("value", value(rows)).encode(),
                            rows.count());
            case TEXT ->
                    new ToolAnswer(text(rows, shown(rows)), List.of(), null, rows.count(), false);
        };
    }

    private static String text(EncodedRows rows, String data) {
        return rows.count() == 0 ? NOTHING : UntrustedText.enclose(data, "").strip();
    }

    private static String shown(EncodedRows rows) {
        return value(rows) + "\n";
    }

    private static @Nullable JsonObject row(EncodedRows rows) {
        if (rows.count() == 0) {
            return null;
        }
        JsonArray values = new JsonArray(rows.json()).getJsonArray(0);
        var row = new JsonObject();
        List<Column> columns = rows.columns();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i).name(), values.getValue(i));
        }
        return row;
    }

    private static @Nullable Object value(EncodedRows rows) {
        return rows.count() == 0 ? null : new JsonArray(rows.json()).getJsonArray(0).getValue(0);
    }
}
