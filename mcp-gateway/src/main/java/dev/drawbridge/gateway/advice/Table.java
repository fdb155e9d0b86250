package dev.drawbridge.gateway.advice;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A table as the catalog tells of it: `catalog/index-advice.sql`.
///
/// @param sql its name as it is written
/// @param hidden whether policies hold for the login, so that numbers of it are not told
/// @param advisable whether an index can be made on it as it is
/// @param partitionOf the table that it is a part of, as it is written; null for none
/// @param writes rows written since statistics were reset
/// @param seconds since then; null where that is not known
public record Table(
        String schema,
        String name,
        String sql,
        double rows,
        double pages,
        boolean hidden,
        boolean advisable,
        @Nullable String partitionOf,
        double writes,
        @Nullable Double seconds,
        Map<String, Column> columns,
        List<Existing> indexes) {
    private static final Column UNKNOWN = new Column("?", "unknown", 32, 200, 0, 0);

    /// A column.
    ///
    /// @param width in bytes, on average
    /// @param distinct values
    /// @param correlation of their order with that of the rows, from -1 to 1
    /// @param common how often the most common value is there, from 0 to 1
    public record Column(
            String name,
            String type,
            double width,
            double distinct,
            double correlation,
            double common) {
        private static final Set<String> TEXTS = Set.of("text", "character varying", "character");

        boolean isText() {
            return TEXTS.contains(type);
        }
    }

    /// An index that there is.
    ///
    /// @param keys columns and expressions, each with what is not as usual of it
    /// @param where its condition; empty for all rows
    public record Existing(
            String method, boolean unique, List<String> keys, List<String> include, String where) {}

    /// One row of the catalog's answer.
    public static Table of(JsonObject row) {
        Number seconds = row.getNumber("seconds");
        return new Table(
                row.getString("schema"),
                row.getString("name"),
                row.getString("sql"),
                row.getDouble("rows"),
                row.getDouble("pages"),
                row.getBoolean("hidden"),
                row.getBoolean("advisable"),
                row.getString("partitionOf"),
                row.getDouble("writes"),
                seconds == null ? null : seconds.doubleValue(),
                objects(row, "columns").stream()
                        .map(Table::column)
                        .collect(Collectors.toMap(Column::name, Function.identity())),
                objects(row, "indexes").stream().map(Table::existing).toList());
    }

    /// What is known of a column.
    ///
    /// @param name as the catalog has it; one that is not known there is taken for an expression
    public Column column(String name) {
        return columns.getOrDefault(name, UNKNOWN);
    }

    /// Whether a side is what an index on its column compares: a cast between texts changes nothing
    /// of a text, and makes another thing of what is none.
    boolean compares(Operand side) {
        return !side.isColumn() || side.casts().isEmpty() || column(side.name()).isText();
    }

    private static Column column(JsonObject column) {
        return new Column(
                column.getString("name"),
                column.getString("type"),
                column.getDouble("width"),
                Math.max(1, column.getDouble("distinct")),
                column.getDouble("correlation") / 100,
                column.getDouble("common") / 100);
    }

    private static Existing existing(JsonObject index) {
        return new Existing(
                index.getString("method"),
                index.getBoolean("unique"),
                texts(index, "keys"),
                texts(index, "include"),
                index.getString("where"));
    }

    private static List<JsonObject> objects(JsonObject row, String field) {
        return row.getJsonArray(field, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> texts(JsonObject row, String field) {
        return row.getJsonArray(field).stream().map(String::valueOf).toList();
    }
}
