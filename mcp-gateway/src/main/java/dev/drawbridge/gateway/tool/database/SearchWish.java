package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import dev.drawbridge.gateway.embedding.EmbeddingModel;
import dev.drawbridge.gateway.tool.Schemas;
import dev.drawbridge.gateway.tool.ToolCall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a search by meaning is asked for.
///
/// @param text to search for; null when a vector is
/// @param vector to search for; empty to make it of the text
/// @param column the embedding's; null to find it
/// @param select columns to show; empty for some
/// @param threshold how similar a row must be at least; null for any
/// @param lambda from 1, all nearness, to 0, all variety; null for nearness without a second look
record SearchWish(
        TableName table,
        @Nullable String text,
        List<Float> vector,
        @Nullable String column,
        List<String> select,
        JsonArray filters,
        int limit,
        @Nullable Double threshold,
        Metric metric,
        Way way,
        boolean hybrid,
        String language,
        @Nullable Double lambda) {
    private static final int MOST_ROWS = 100;
    private static final int MOST_COLUMNS = 50;
    private static final int MOST_DIMENSIONS = 4_096;

    /// How rows are found.
    enum Way {
        AUTO,
        INDEX,
        EXACT
    }

    static JsonObject schema() {
        return TableName.arguments()
                .optional(
                        "query",
                        Schemas.string("What to find, in words.")
                                .put("minLength", 1)
                                .put("maxLength", EmbeddingModel.LONGEST))
                .optional(
                        "vector",
                        Schemas.list(new JsonObject())
                                .put("maxItems", MOST_DIMENSIONS)
                                .put("description", "Instead of query."))
                .optional("column", Schemas.string("The embedding, if there are several."))
                .optional(
                        "select",
                        Schemas.list(new JsonObject())
                                .put("maxItems", MOST_COLUMNS)
                                .put("description", "Columns to return. Default: key and texts."))
                .optional("filters", Filters.sameSchema())
                .optional("limit", Schemas.limit(MOST_ROWS, 10))
                .optional("threshold", share("Least similarity (cosine)."))
                .optional("metric", Schemas.oneOf("", "cosine", "cosine", "l2", "inner_product"))
                .optional(
                        "search",
                        Schemas.oneOf(
                                "index is approximate, exact compares each row; auto is cheaper.",
                                "auto",
                                "auto",
                                "index",
                                "exact"))
                .optional("hybrid", Schemas.bool("Also by words of query, fused by rank."))
                .optional(
                        "language",
                        Schemas.string("Of the words.")
                                .put("maxLength", 63)
                                .put("default", "english"))
                .optional("mmr_lambda", share("For variety: 1 nearest only, 0 most different."))
                .closed();
    }

    private static JsonObject share(String description) {
        return Schemas.typed("number")
                .put("minimum", 0)
                .put("maximum", 1)
                .put("description", description);
    }

    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR`
    static SearchWish of(ToolCall call) {
        var wish =
                new SearchWish(
                        TableName.of(call),
                        call.optionalText("query"),
                        vector(call),
                        call.optionalText("column"),
                        select(call),
                        call.arguments().getJsonArray("filters", new JsonArray()),
                        call.number("limit", 10),
                        call.arguments().getDouble("threshold"),
                        Metric.of(call.text("metric", "cosine")),
                        Way.valueOf(call.text("search", "auto").toUpperCase(Locale.ROOT)),
                        call.flag("hybrid"),
                        call.text("language", "english"),
                        call.arguments().getDouble("mmr_lambda"));
        wish.check();
        return wish;
    }

    private void check() {
        if (text == null && vector.isEmpty()) {
            throw invalid("query", "give a query or a vector");
        }
        if (text == null && hybrid) {
            throw invalid("query", "is needed to search by words");
        }
        if (text != null) {
            EmbeddingModel.requireReadable("query", text);
        }
        if (metric != Metric.COSINE && threshold != null) {
            throw invalid("threshold", "goes with metric cosine");
        }
        if (metric != Metric.COSINE && lambda != null) {
            throw invalid("mmr_lambda", "goes with metric cosine");
        }
    }

    private static List<Float> vector(ToolCall call) {
        List<@Nullable Object> numbers = call.list("vector");
        List<Float> vector = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (!(numbers.get(i) instanceof Number number)
                    || !Float.isFinite(number.floatValue())) {
                throw invalid("vector." + i, "must be a number");
            }
            vector.add(number.floatValue());
        }
        return List.copyOf(vector);
    }

    private static List<String> select(ToolCall call) {
        List<@Nullable Object> names = call.list("select");
        for (int i = 0; i < names.size(); i++) {
            Arguments.name(names.get(i), "select." + i);
        }
        return names.stream().map(String::valueOf).toList();
    }
}
