package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Functions and procedures as an answer: how each is called, and what it promises.
final class RoutineAnswer {
    /// In characters of JSON.
    private static final int MOST_DESCRIBED = 14_000;

    private RoutineAnswer() {}

    /// @param found one more than `limit`, if there are more
    /// @param bounded whether it is to be short, whatever there is
    static ToolAnswer of(String database, List<JsonObject> found, int limit, boolean bounded) {
        List<JsonObject> told = new ArrayList<>();
        var text = new StringBuilder();
        int length = 0;
        for (JsonObject routine : found.subList(0, Math.min(limit, found.size()))) {
            length += routine.encode().length();
            if (bounded && length > MOST_DESCRIBED && !told.isEmpty()) {
                break;
            }
            told.add(routine);
            append(text, routine);
        }
        boolean truncated = told.size() < found.size();
        String note =
                truncated
                        ? "More functions match: narrow pattern or schema, or raise limit."
                        : told.size() + (told.size() == 1 ? " function." : " functions.");
        var json =
                new JsonObject()
                        .put("database", database)
                        .put("tables", new JsonArray())
                        .put("functions", new JsonArray(List.<@Nullable Object>copyOf(told)))
                        .put("truncated", truncated);
        return new ToolAnswer(
                UntrustedText.enclose(text.toString(), note), json.encode(), told.size());
    }

    private static void append(StringBuilder out, JsonObject routine) {
        out.append(routine.getString("schema")).append('.').append(routine.getString("name"));
        String arguments = routine.getString("arguments");
        if (arguments != null) {
            out.append('(').append(arguments).append(')');
        }
        String returns = routine.getString("returns");
        if (returns != null) {
            out.append(" -> ").append(returns);
        }
        if (!routine.getString("kind").equals("function")) {
            out.append(" [").append(routine.getString("kind")).append(']');
        }
        for (String field : new String[] {"volatility", "language"}) {
            String value = routine.getString(field);
            out.append(value == null ? "" : " " + value);
        }
        out.append(routine.containsKey("securityDefiner") ? " security definer" : "");
        SchemaText.comment(out, routine);
        String definition = routine.getString("definition");
        if (definition != null) {
            out.append(definition.strip().indent(4));
        }
    }
}
