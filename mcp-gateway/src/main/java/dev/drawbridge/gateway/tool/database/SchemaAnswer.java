package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Tables as an answer that is no longer than a model wants to read.
final class SchemaAnswer {
    static final int MOST_SCHEMAS = 100;

    /// In characters of JSON; what goes beyond is told by name only.
    private static final int MOST_DESCRIBED = 14_000;

    /// In characters of names.
    private static final int MOST_NAMED = 6_000;

    private SchemaAnswer() {}

    /// @param names that were asked for; empty if none were
    /// @param found one more than `limit`, if there are more
    /// @param bounded whether it is to be short, whatever there is
    static ToolAnswer of(
            String database,
            List<String> names,
            List<JsonObject> found,
            int limit,
            boolean bounded,
            boolean compact) {
        boolean truncated = found.size() > limit;
        List<JsonObject> all = truncated ? found.subList(0, limit) : found;
        int described = bounded ? described(all) : all.size();
        List<JsonObject> tables = new ArrayList<>(all.subList(0, described));
        all.subList(described, all.size()).forEach(table -> tables.add(named(table)));
        var text = new StringBuilder();
        for (JsonObject table : tables) {
            SchemaText.append(text, table, compact);
        }
        List<String> missing = names.stream().filter(name -> !isThere(name, tables)).toList();
        JsonObject json = json(database, tables, truncated);
        if (!missing.isEmpty()) {
            json.put("missing", new JsonArray(missing));
        }
        String note =
                counted(tables.size(), truncated)
                        + (described < tables.size()
                                ? " The last %d by name only: ask for them with tables."
                                        .formatted(tables.size() - described)
                                : "")
                        + (missing.isEmpty()
                                ? ""
                                : " Not there, or not to be read: " + String.join(", ", missing));
        return new ToolAnswer(
                UntrustedText.enclose(text.toString(), note), json.encode(), tables.size());
    }

    private static String counted(int tables, boolean truncated) {
        return truncated
                ? "More tables match: narrow pattern or schema, or raise limit."
                : tables + (tables == 1 ? " table." : " tables.");
    }

    private static int described(List<JsonObject> tables) {
        int length = 0;
        for (int i = 0; i < tables.size(); i++) {
            length += tables.get(i).encode().length();
            if (i > 0 && length > MOST_DESCRIBED) {
                return i;
            }
        }
        return tables.size();
    }

    private static JsonObject named(JsonObject table) {
        var named = new JsonObject();
        for (String field : new String[] {"schema", "name", "kind"}) {
            named.put(field, table.getString(field));
        }
        return named;
    }

    private static boolean isThere(String name, List<JsonObject> tables) {
        return tables.stream()
                .anyMatch(table ->
                        name.equalsIgnoreCase(table.getString("name"))
                                || name.equalsIgnoreCase(
                                        table.getString("schema") + "." + table.getString("name")));
    }

    /// Of too many tables to describe: the schemas, and as many names as are quickly read.
    static ToolAnswer overview(String database, List<JsonObject> schemas, List<JsonObject> tables) {
        var text = new StringBuilder();
        int share = MOST_NAMED / Math.max(1, schemas.size());
        for (JsonObject schema : schemas) {
            schema.put("names", new JsonArray(names(schema.getString("name"), tables, share)));
            overview(text, schema);
        }
        String note =
                "Too many tables to describe them all. Ask for a schema, a pattern (part of a"
                        + " table's or column's name, such as *customer*) or tables by name; detail"
                        + " names with a schema lists its tables.";
        return new ToolAnswer(
                UntrustedText.enclose(text.toString(), note),
                json(database, List.of(), true).put("schemas", new JsonArray(schemas)).encode(),
                0);
    }

    private static void overview(StringBuilder out, JsonObject schema) {
        int all = schema.getInteger("tables") + schema.getInteger("views");
        JsonArray names = schema.getJsonArray("names");
        out.append(schema.getString("name"))
                .append(": ")
                .append(schema.getInteger("tables"))
                .append(" tables, ")
                .append(schema.getInteger("views"))
                .append(" views");
        SchemaText.comment(out, schema);
        if (!names.isEmpty()) {
            out.append("  ")
                    .append(String.join(", ", names.stream().map(String::valueOf).toList()));
            out.append(names.size() < all ? ", … %d more%n".formatted(all - names.size()) : "\n");
        }
    }

    private static List<String> names(String schema, List<JsonObject> tables, int most) {
        List<String> names = new ArrayList<>();
        int length = 0;
        for (JsonObject table : tables) {
            String name = table.getString("name");
            length += schema.equals(table.getString("schema")) ? name.length() + 2 : 0;
            if (length > most) {
                break;
            }
            if (schema.equals(table.getString("schema"))) {
                names.add(name);
            }
        }
        return names;
    }

    private static JsonObject json(String database, List<JsonObject> tables, boolean truncated) {
        return new JsonObject()
                .put("database", database)
                .put("tables", new JsonArray(List.<@Nullable Object>copyOf(tables)))
                .put("truncated", truncated);
    }
}
