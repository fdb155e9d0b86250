package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.UntrustedText;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a question in `operate/` tells of a database: one JSON document. Its field `leftOut` is a
/// line of ours about what its caller may not know.
///
/// @param told with a null where there is nothing to tell
record Report(JsonObject told) {
    private static final String LEFT_OUT = "leftOut";

    /// Asks a question that answers with one document.
    static Future<Report> ask(
            Databases.Database database, String sql, @Nullable Object... parameters) {
        return database.values(sql, parameters).map(rows -> new Report(document(rows)));
    }

    private static JsonObject document(List<List<@Nullable Object>> rows) {
        if (rows.getFirst().getFirst() instanceof JsonObject told) {
            return told;
        }
        throw new IllegalStateException("A question of ours was answered without a document");
    }

    /// The schema of such an answer.
    static JsonObject schema(String... lists) {
        var schema = Schemas.of().required("summary", Schemas.typed("string"));
        for (String list : lists) {
            schema.required(list, Schemas.typed("array"));
        }
        return schema.open();
    }

    List<JsonObject> list(String name) {
        JsonArray list = told.getJsonArray(name);
        return list == null ? List.of() : ReportText.objects(list);
    }

    /// 0 where there is none.
    long number(String name) {
        Long number = told.getLong(name);
        return number == null ? 0 : number;
    }

    String text(String name) {
        return told.getString(name, "");
    }

    /// @param summary what is wrong first, in words of ours
    Outcome<ToolAnswer> answer(String summary) {
        String leftOut = told.getString(LEFT_OUT);
        String told = ReportText.of(this.told, Set.of(LEFT_OUT));
        String note = leftOut == null ? "" : leftOut;
        String text =
                told.isEmpty()
                        ? summary + (note.isEmpty() ? "" : "\n" + note)
                        : summary + "\n" + UntrustedText.enclose(told, note);
        JsonObject json = new JsonObject().put("summary", summary).mergeIn(bare(this.told));
        return Outcome.done(new ToolAnswer(text, json.encode(), rows()));
    }

    private int rows() {
        return told.stream()
                .mapToInt(field -> field.getValue() instanceof JsonArray list ? list.size() : 0)
                .sum();
    }

    /// The same without what is not there.
    private static JsonObject bare(JsonObject full) {
        var bare = new JsonObject();
        for (Map.Entry<String, Object> field : full) {
            switch (field.getValue()) {
                case null -> {}
                case JsonObject object -> bare.put(field.getKey(), bare(object));
                case JsonArray list -> bare.put(field.getKey(), bare(list));
                default -> bare.put(field.getKey(), field.getValue());
            }
        }
        return bare;
    }

    private static JsonArray bare(JsonArray full) {
        var bare = new JsonArray();
        full.forEach(one -> bare.add(one instanceof JsonObject object ? bare(object) : one));
        return bare;
    }
}
