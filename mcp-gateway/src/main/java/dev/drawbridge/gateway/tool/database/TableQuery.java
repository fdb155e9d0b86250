package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What is asked of a table, and of tables that are embedded in its rows.
///
/// @param at where it stands in the call; empty for the call itself
/// @param schema null for an embedded table whose foreign key says it
/// @param via by which foreign key an embedded table is related; null for the only one
/// @param name of an embedded table in the answer
/// @param limit rows at most
/// @param inner whether only rows are wanted that have one in this embedded table
record TableQuery(
        String at,
        @Nullable String schema,
        String table,
        @Nullable String via,
        String name,
        Outputs outputs,
        JsonArray filters,
        Ordering ordering,
        int limit,
        boolean inner,
        List<TableQuery> embedded) {
    private static final int MOST_EMBEDDED = 8;
    private static final int DEEPEST = 3;
    private static final int MOST_ROWS = 100;
    private static final int ROWS = 20;

    private static final String[] FIELDS = {
        "table", "schema", "via", "as", "select", "filters", "order", "limit", "inner", "embed"
    };

    /// Reads the arguments of a call.
    static TableQuery of(TableName table, JsonObject arguments, int limit) {
        Outputs outputs = Outputs.of(list(arguments, "select"), "select");
        var query =
                new TableQuery(
                        "",
                        table.schema(),
                        table.table(),
                        null,
                        table.table(),
                        outputs,
                        list(arguments, "filters"),
                        Ordering.of(list(arguments, "order"), "order"),
                        limit,
                        false,
                        embedded(list(arguments, "embed"), "embed", outputs, 1));
        if (query.all().count() > MOST_EMBEDDED + 1) {
            throw invalid("embed", "holds more than " + MOST_EMBEDDED + " tables");
        }
        return query;
    }

    private static JsonArray list(JsonObject arguments, String name) {
        return arguments.getJsonArray(name, new JsonArray());
    }

    private static List<TableQuery> embedded(JsonArray list, String at, Outputs beside, int depth) {
        if (list.isEmpty()) {
            return List.of();
        }
        if (beside.aggregates()) {
            throw invalid(at, "does not go with fn in select");
        }
        if (depth > DEEPEST) {
            throw invalid(at, "is nested deeper than " + DEEPEST + " levels");
        }
        List<TableQuery> queries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        beside.list().forEach(output -> names.add(output.name()));
        for (int i = 0; i < list.size(); i++) {
            TableQuery query = embedded(list.getValue(i), at + "." + i, depth);
            if (!names.add(query.name())) {
                throw invalid(at + "." + i, "has the name of something beside it; say as");
            }
            queries.add(query);
        }
        return List.copyOf(queries);
    }

    private static TableQuery embedded(@Nullable Object element, String at, int depth) {
        var given = Arguments.of(element, at, FIELDS);
        String name = given.optionalName("as");
        Outputs outputs = Outputs.of(given.list("select", Integer.MAX_VALUE), given.at("select"));
        return new TableQuery(
                at,
                given.optionalName("schema"),
                given.name("table"),
                given.has("via") ? given.text("via") : null,
                name == null ? given.name("table") : name,
                outputs,
                given.list("filters", Integer.MAX_VALUE),
                Ordering.of(given.list("order", Integer.MAX_VALUE), given.at("order")),
                given.number("limit", MOST_ROWS, ROWS),
                given.flag("inner"),
                embedded(
                        given.list("embed", Integer.MAX_VALUE),
                        given.at("embed"),
                        outputs,
                        depth + 1));
    }

    /// Where an argument of it stands in the call.
    String at(String argument) {
        return at.isEmpty() ? argument : at + "." + argument;
    }

    /// It and all that is embedded in it.
    Stream<TableQuery> all() {
        return Stream.concat(Stream.of(this), embedded.stream().flatMap(TableQuery::all));
    }
}
