package dev.drawbridge.gateway.target.wire;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Reads rows of a statement of our own as Java's values: Boolean, Long, String, what Vert.x makes
/// of JSON, and a list of those for an array.
final class ValueReader implements RowSink {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    List<List<@Nullable Object>> rows() {
        return rows;
    }

    @Override
    public boolean accept(DataRow row) {
        List<@Nullable Object> values = new ArrayList<>(row.width());
        for (int i = 0; i < row.width(); i++) {
            values.add(row.isNull(i) ? null : value(row, i));
        }
        rows.add(values);
        return true;
    }

    private static Object value(DataRow row, int column) {
        String text = row.text(column);
        return switch (row.type(column).form()) {
            case WHOLE, BIG -> Long.valueOf(text);
            case BOOLEAN -> text.equals("t");
            case JSON -> Json.decodeValue(text);
            case ARRAY -> {
                var json = new EncodedText(text.length() + 16);
                ArrayText.json(
                        json, row.type(column), row.bytes(), row.start(column), row.end(column));
                yield new JsonArray(json.toString()).getList();
            }
            case DECIMAL, FLOATING, TIMESTAMP, TEXT -> text;
        };
    }
}
