package dev.drawbridge.gateway.tool.database;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/// A column that holds what rows mean: pgvector's, or an array of floating numbers.
///
/// @param pgvector whether it is of a type of pgvector's
/// @param dimensions that its type declares; null if it does not
/// @param link what joins its table to the one that is searched; empty when it is that one
/// @param secured whether policies decide which rows are seen
/// @param key the primary key of its table; empty if there is none to read
record Embedding(
        String schema,
        String table,
        String column,
        String type,
        boolean pgvector,
        @Nullable Integer dimensions,
        List<Join> link,
        boolean secured,
        List<String> key,
        List<Index> indexes) {

    /// Columns that are equal.
    record Join(String own, String theirs) {}

    /// An approximate index.
    ///
    /// @param method `hnsw` or `ivfflat`
    /// @param operators its operator class
    record Index(String name, String method, String operators) {}

    static Embedding of(JsonObject told) {
        return new Embedding(
                told.getString("schema"),
                told.getString("table"),
                told.getString("column"),
                told.getString("type"),
                told.getBoolean("pgvector"),
                told.getInteger("dimensions"),
                list(told, "link").stream()
                        .map(pair -> (JsonArray) pair)
                        .map(pair -> new Join(pair.getString(0), pair.getString(1)))
                        .toList(),
                told.getBoolean("secured"),
                list(told, "key").stream().map(String::valueOf).toList(),
                list(told, "indexes").stream()
                        .map(index -> (JsonObject) index)
                        .map(index ->
                                new Index(
                                        index.getString("name"),
                                        index.getString("method"),
                                        index.getString("operators")))
                        .toList());
    }

    static JsonArray list(JsonObject told, String name) {
        return Objects.requireNonNullElse(told.getJsonArray(name), new JsonArray());
    }

    boolean isLinked() {
        return !link.isEmpty();
    }

    /// The indexes that can order rows by a metric.
    List<Index> indexes(Metric metric) {
        return indexes.stream()
                .filter(index -> index.operators().equals(type + "_" + metric.operators()))
                .toList();
    }

    /// As a call can name it.
    String named() {
        return isLinked() ? schema + "." + table + "." + column : column;
    }
}
