package dev.drawbridge.gateway.tool.operate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A document as text for a model: a line of what is single, a table for each list. Units stand in
/// the names of fields, and in the cells of the text.
final class ReportText {
    private ReportText() {}

    /// @param apart fields that are told elsewhere
    static String of(JsonObject told, Set<String> apart) {
        List<String> single = new ArrayList<>();
        var tables = new StringBuilder();
        for (Map.Entry<String, Object> field : told) {
            if (apart.contains(field.getKey()) || field.getValue() == null) {
                continue;
            }
            if (field.getValue() instanceof JsonArray list) {
                append(tables, field.getKey(), objects(list));
            } else {
                single.add(header(field.getKey()) + " " + cell(field.getKey(), field.getValue()));
            }
        }
        return (single.isEmpty() ? "" : String.join(" · ", single) + "\n") + tables;
    }

    static List<JsonObject> objects(JsonArray list) {
        return list.stream().map(JsonObject.class::cast).toList();
    }

    /// Columns that no row has a value in are left out.
    private static void append(StringBuilder text, String name, List<JsonObject> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Set<String> columns = new LinkedHashSet<>();
        for (JsonObject row : rows) {
            row.fieldNames().stream()
                    .filter(column -> rows.stream().anyMatch(one -> one.getValue(column) != null))
                    .forEach(columns::add);
        }
        text.append(name).append(":\n");
        text.append(columns.stream().map(ReportText::header).collect(Collectors.joining("\t")));
        text.append('\n');
        for (JsonObject row : rows) {
            text.append(
                    columns.stream()
                            .map(column -> cell(column, row.getValue(column)))
                            .collect(Collectors.joining("\t")));
            text.append('\n');
        }
    }

    private static String header(String name) {
        if (name.endsWith("Percent")) {
            return name.replaceFirst("Percent$", " %");
        }
        return name.length() > "Seconds".length()
                ? name.replaceFirst("(Bytes|Seconds)$", "")
                : name;
    }

    private static String cell(String column, @Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Number number when column.endsWith("Bytes") -> Quantity.bytes(number);
            case Number number when column.endsWith("Seconds") -> Quantity.seconds(number);
            case JsonArray list ->
                    list.stream()
                            .map(one -> escaped(String.valueOf(one)))
                            .collect(Collectors.joining(", "));
            default -> escaped(value.toString());
        };
    }

    /// On one line, without what steers a terminal, as the cells of rows are.
    static String escaped(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(out, point));
        return out.toString();
    }

    private static void append(StringBuilder out, int point) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            case '\\' -> out.append("\\\\");
            default -> {
                if (Character.getType(point) == Character.CONTROL) {
                    out.append(String.format("\\u%04x", point));
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }
}
