package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Some rows of a table, in a way that costs little whatever its size is.
///
/// @param columns in order, and whether their values may be long
record Sample(
        TableName table, Map<String, Boolean> columns, Method method, double percent, int limit) {
    /// That are read as a whole, in pages of a database.
    private static final long SMALL = 128;

    /// Read of a larger one: enough for row-level security to leave some rows in them, few enough
    /// to be read from a slow disk.
    private static final double PAGES = 64;

    private static final int LONGEST = 200;

    /// How rows are chosen.
    enum Method {
        RANDOM("random rows of the whole table"),
        PAGES("random rows of some random pages of the table"),
        FIRST("the first rows that come, in no particular order");

        private final String words;

        Method(String words) {
            this.words = words;
        }

        String described() {
            return words;
        }
    }

    /// @param wanted names of columns; none for all
    /// @param found what the catalog says of the table
    static Sample of(TableName table, JsonArray wanted, int limit, JsonObject found) {
        Map<String, Boolean> all = new LinkedHashMap<>();
        for (Object one : found.getJsonArray("columns")) {
            var column = (JsonObject) one;
            all.put(column.getString("name"), column.getBoolean("long"));
        }
        Map<String, Boolean> columns = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String at = "columns." + i;
            String name = Arguments.name(wanted.getValue(i), at);
            if (!all.containsKey(name)) {
                throw invalid(
                        at,
                        "is no column of %s; there are %s"
                                .formatted(table.qualified(), String.join(", ", all.keySet())));
            }
            columns.put(name, Objects.requireNonNull(all.get(name)));
        }
        long pages = found.getLong("pages");
        Method method =
                !found.getBoolean("paged")
                        ? Method.FIRST
                        : pages <= SMALL ? Method.RANDOM : Method.PAGES;
        return new Sample(
                table,
                columns.isEmpty() ? all : columns,
                method,
                Math.min(100, 100 * PAGES / Math.max(1, pages)),
                limit);
    }

    /// The statement. Values are cut when the rows have been chosen, since cutting them means
    /// reading them.
    PlacedSql sql(Method method) {
        var sql = new PlacedSql().add("select ");
        String between = "";
        for (Map.Entry<String, Boolean> column : columns.entrySet()) {
            sql.add(between);
            append(sql, column.getKey(), column.getValue());
            between = ", ";
        }
        sql.add(" from (select ");
        between = "";
        for (String column : columns.keySet()) {
            sql.add(between).column("t", column);
            between = ", ";
        }
        sql.add(" from ");
        table.append(sql, "t");
        switch (method) {
            case RANDOM -> sql.add(" order by random()");
            case PAGES ->
                    sql.add(String.format(Locale.ROOT, " tablesample system (%.9f)", percent))
                            .add(" order by random()");
            case FIRST -> {}
        }
        return sql.add(" limit " + limit + ") as s");
    }

    private static void append(PlacedSql sql, String column, boolean isLong) {
        if (!isLong) {
            sql.column("s", column);
            return;
        }
        sql.add("case when length(")
                .column("s", column)
                .add("::text) > " + LONGEST + " then left(");
        sql.column("s", column).add("::text, " + LONGEST + ") || '… (' || length(");
        sql.column("s", column).add("::text) || ' characters)' else ");
        sql.column("s", column).add("::text end as ").name(column);
    }
}
