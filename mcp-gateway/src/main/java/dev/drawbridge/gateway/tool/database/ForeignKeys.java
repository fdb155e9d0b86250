package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The foreign keys from and to some tables: by which of them a table is related to another.
final class ForeignKeys {
    static final ForeignKeys NONE = new ForeignKeys(List.of());

    private static final int MOST_LISTED = 20;

    private final List<Key> keys;

    ForeignKeys(List<JsonObject> found) {
        this.keys = found.stream().map(Key::of).toList();
    }

    /// A foreign key, as the catalog has it.
    ///
    /// @param unique whether no two rows refer to the same one
    private record Key(
            String name,
            TableName from,
            List<String> columns,
            TableName to,
            List<String> referenced,
            boolean unique) {
        static Key of(JsonObject key) {
            return new Key(
                    key.getString("name"),
                    new TableName(key.getString("schema"), key.getString("table")),
                    texts(key, "columns"),
                    new TableName(key.getString("toSchema"), key.getString("toTable")),
                    texts(key, "toColumns"),
                    key.getBoolean("unique"));
        }

        private static List<String> texts(JsonObject key, String field) {
            return key.getJsonArray(field).stream().map(String::valueOf).toList();
        }
    }

    /// A way from a row of one table to rows of another.
    ///
    /// @param columns of the one
    /// @param table the other
    /// @param tableColumns of the other, equal to those
    /// @param many whether there may be more than one row there
    /// @param names by any of which it can be told
    record Relation(
            List<String> columns,
            TableName table,
            List<String> tableColumns,
            boolean many,
            List<String> names) {
        private String described() {
            return table.table()
                    + " (via "
                    + names.getFirst()
                    + (many ? ", to many rows)" : ", to one row)");
        }
    }

    /// The one way to a table.
    ///
    /// @param from where it begins
    /// @param schema of the table; null for any
    /// @param via the name of the key or its columns; null if it is the only one
    /// @param at where the relation stands in the call
    Relation relation(
            TableName from,
            @Nullable String schema,
            String table,
            @Nullable String via,
            String at) {
        List<Relation> all = relations(from);
        List<Relation> there =
                all.stream()
                        .filter(it -> it.table().table().equals(table))
                        .filter(it -> schema == null || it.table().schema().equals(schema))
                        .toList();
        if (there.isEmpty()) {
            throw invalid(
                    at + ".table",
                    "is not related to %s by a foreign key; %s"
                            .formatted(
                                    from.qualified(),
                                    all.isEmpty()
                                            ? "no table is. Join with query_database"
                                            : "there are " + listed(all)));
        }
        List<Relation> chosen =
                via == null
                        ? there
                        : there.stream().filter(it -> it.names().contains(via)).toList();
        if (chosen.size() != 1) {
            throw invalid(
                    at + ".via",
                    (via == null ? "is needed, there are " : "is none of ") + listed(there));
        }
        return chosen.getFirst();
    }

    private static String listed(List<Relation> relations) {
        return relations.stream()
                .map(Relation::described)
                .limit(MOST_LISTED)
                .collect(Collectors.joining(", "));
    }

    /// Of a table that refers to itself, the columns lead to the row that they name, and the name
    /// of the key to the rows that name this one.
    private List<Relation> relations(TableName from) {
        List<Relation> relations = new ArrayList<>();
        for (Key key : keys) {
            boolean itself = key.from().equals(key.to());
            String columns = String.join(",", key.columns());
            if (key.from().equals(from)) {
                relations.add(
                        new Relation(
                                key.columns(),
                                key.to(),
                                key.referenced(),
                                false,
                                itself ? List.of(columns) : List.of(columns, key.name())));
            }
            if (key.to().equals(from)) {
                relations.add(
                        new Relation(
                                key.referenced(),
                                key.from(),
                                key.columns(),
                                !key.unique(),
                                itself ? List.of(key.name()) : List.of(key.name(), columns)));
            }
        }
        return relations;
    }
}
