package dev.drawbridge.gateway.tool.database;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.stream.Collectors;

/// A table's description in few words, for a model: one line for the table, and unless compact one
/// for each column.
final class SchemaText {
    private SchemaText() {}

    static void append(StringBuilder out, JsonObject table, boolean compact) {
        out.append(table.getString("schema")).append('.').append(table.getString("name"));
        if (!table.getString("kind").equals("table")) {
            out.append(" [").append(table.getString("kind")).append(']');
        }
        size(out, table);
        JsonArray columns = table.getJsonArray("columns");
        if (columns == null) {
            out.append('\n');
            return;
        }
        if (compact) {
            out.append(
                            columns.stream()
                                    .map(JsonObject.class::cast)
                                    .map(column ->
                                            column.getString("name")
                                                    + " "
                                                    + column.getString("type"))
                                    .collect(Collectors.joining(", ", "(", ")")))
                    .append('\n');
            return;
        }
        comment(out, table);
        columns.stream().map(JsonObject.class::cast).forEach(column -> column(out, column));
        keys(out, table);
        rules(out, table);
    }

    private static void rules(StringBuilder out, JsonObject table) {
        for (String field : new String[] {"checks", "triggers"}) {
            for (Object rule : table.getJsonArray(field, new JsonArray())) {
                out.append("  ").append(rule).append('\n');
            }
        }
        if (table.containsKey("rowSecurity")) {
            out.append("  row-level security\n");
        }
        JsonArray partitions = table.getJsonArray("partitionNames");
        if (partitions != null) {
            out.append("  partitions ").append(joined(partitions)).append('\n');
        }
        String definition = table.getString("definition");
        if (definition != null) {
            out.append(definition.strip().indent(4));
        }
    }

    private static void size(StringBuilder out, JsonObject table) {
        Long rows = table.getLong("rows");
        if (rows != null) {
            out.append("  ~").append(rows).append(" rows");
        }
        Integer partitions = table.getInteger("partitions");
        if (partitions != null) {
            out.append(rows == null ? "  in " : " in ").append(partitions).append(" partitions");
        }
        String key = table.getString("partitionKey");
        if (key != null) {
            out.append(" by ").append(key);
        }
    }

    private static void column(StringBuilder out, JsonObject column) {
        out.append("  ")
                .append(column.getString("name"))
                .append(' ')
                .append(column.getString("type"));
        JsonArray values = column.getJsonArray("values");
        if (values != null) {
            out.append(' ').append(joined(values));
        }
        if (Boolean.FALSE.equals(column.getBoolean("nullable"))) {
            out.append(" not null");
        }
        String otherwise = column.getString("default");
        if (otherwise != null) {
            out.append(" default ").append(otherwise);
        }
        String identity = column.getString("identity");
        if (identity != null) {
            out.append(" generated ").append(identity);
        }
        String generated = column.getString("generated");
        if (generated != null) {
            out.append(" generated as (").append(generated).append(')');
        }
        comment(out, column);
    }

    private static void keys(StringBuilder out, JsonObject table) {
        JsonArray primaryKey = table.getJsonArray("primaryKey");
        if (primaryKey != null) {
            out.append("  primary key ").append(joined(primaryKey)).append('\n');
        }
        for (Object one : table.getJsonArray("foreignKeys", new JsonArray())) {
            var key = (JsonObject) one;
            out.append("  foreign key ")
                    .append(joined(key.getJsonArray("columns")))
                    .append(" -> ")
                    .append(key.getString("references"))
                    .append(joined(key.getJsonArray("referencedColumns")))
                    .append('\n');
        }
        for (Object one : table.getJsonArray("referencedBy", new JsonArray())) {
            var key = (JsonObject) one;
            out.append("  referenced by ")
                    .append(key.getString("table"))
                    .append(joined(key.getJsonArray("columns")))
                    .append(" -> ")
                    .append(joined(key.getJsonArray("referencedColumns")))
                    .append('\n');
        }
        for (Object index : table.getJsonArray("indexes", new JsonArray())) {
            out.append("  ").append(index).append('\n');
        }
    }

    static void comment(StringBuilder out, JsonObject described) {
        String comment = described.getString("comment");
        if (comment != null) {
            out.append("  -- ").append(comment.replaceAll("\\p{Cntrl}", " "));
        }
        out.append('\n');
    }

    private static String joined(JsonArray names) {
        return names.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
