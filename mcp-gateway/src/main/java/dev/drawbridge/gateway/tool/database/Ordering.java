package dev.drawbridge.gateway.tool.database;

import io.vertx.core.json.JsonArray;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What rows are ordered by.
record Ordering(List<Key> keys) {
    private static final int MOST = 20;

    /// @param name of a column, or of the answer
    /// @param direction SQL behind it
    /// @param at where it stands in the call
    record Key(String name, String direction, String at) {}

    /// Reads the list of a call.
    ///
    /// @param at where it stands
    static Ordering of(JsonArray list, String at) {
        List<Key> keys = new ArrayList<>();
        Arguments.list(list, at, MOST);
        for (int i = 0; i < list.size(); i++) {
            keys.add(key(list.getValue(i), at + "." + i));
        }
        return new Ordering(List.copyOf(keys));
    }

    private static Key key(@Nullable Object element, String at) {
        if (element instanceof String name) {
            return new Key(Arguments.name(name, at), "", at);
        }
        var given = Arguments.of(element, at, "column", "dir", "nulls");
        String direction = given.word("dir", "asc", "desc").equals("desc") ? " desc" : "";
        String nulls = given.has("nulls") ? " nulls " + given.word("nulls", "first", "last") : "";
        return new Key(given.name("column"), direction + nulls, given.at("column"));
    }

    /// Appends an ORDER BY, if there is any.
    void append(PlacedSql sql, String alias, Outputs outputs) {
        String before = " order by ";
        for (Key key : keys) {
            sql.add(before).at(key.at());
            outputs.appendOrder(sql, alias, key.name(), key.at());
            sql.at(PlacedSql.NOWHERE).add(key.direction());
            before = ", ";
        }
    }
}
