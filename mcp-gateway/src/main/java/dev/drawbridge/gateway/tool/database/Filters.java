package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import dev.drawbridge.gateway.tool.Schemas;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Conditions on the rows of a table, as a call gives them: `{column, op, value}`, and `{and:
/// […]}`, `{or: […]}`, `{not: {…}}` of those. They mean what SQL means by the same: what is null
/// fulfils no comparison, and no `not` of one.
final class Filters {
    private static final int MOST = 100;
    private static final int DEEPEST = 8;

    private static final Map<String, String> COMPARISONS =
            Map.of(
                    "eq", " = ",
                    "neq", " <> ",
                    "gt", " > ",
                    "gte", " >= ",
                    "lt", " < ",
                    "lte", " <= ",
                    "like", " like ",
                    "ilike", " ilike ");

    private static final Map<String, String> COLLECTIONS =
            Map.of("contains", " @> ", "overlaps", " && ");

    /// What is said by `is` now.
    private static final Set<String> NULL_TESTS = Set.of("is_null", "is_not_null");

    private static final String OPERATORS = operators();

    private final PlacedSql sql;
    private final String alias;
    private int left = MOST;

    private Filters(PlacedSql sql, String alias) {
        this.sql = sql;
        this.alias = alias;
    }

    /// The schema of an argument that holds filters. They are read here and not by the schema.
    static JsonObject schema() {
        return described(
                "All must hold: {column, op, value}; op eq (default) neq gt gte lt lte like"
                        + " ilike in (list) is (null true false unknown) contains overlaps."
                        + " Or {and:[…]}, {or:[…]}, {not:{…}} of those.");
    }

    /// Of the arguments of a tool that is listed beside the one that explains them.
    static JsonObject sameSchema() {
        return described("As in query_table: {column, op, value}, ….");
    }

    private static JsonObject described(String description) {
        return Schemas.list(new JsonObject()).put("maxItems", MOST).put("description", description);
    }

    /// Appends the filters as a condition.
    ///
    /// @param before what stands before the condition, if there is one, such as ` where `
    /// @param alias of the table
    /// @param filters all of which must hold
    /// @param at where they stand in the call
    /// @throws dev.drawbridge.problem.ProblemException `VALIDATION_ERROR` that names the place
    static void append(PlacedSql sql, String before, String alias, JsonArray filters, String at) {
        if (!filters.isEmpty()) {
            sql.add(before);
            new Filters(sql, alias).all(filters, " and ", at, 1);
        }
    }

    private void all(JsonArray filters, String between, String at, int depth) {
        for (int i = 0; i < filters.size(); i++) {
            sql.add(i == 0 ? "" : between);
            one(filters.getValue(i), at + "." + i, depth);
        }
    }

    private void one(@Nullable Object element, String at, int depth) {
        if (depth > DEEPEST) {
            throw invalid(at, "is nested deeper than " + DEEPEST + " levels");
        }
        if (--left < 0) {
            throw invalid(at, "is one of more than " + MOST + " filters");
        }
        var filter = Arguments.of(element, at, "column", "op", "value", "and", "or", "not");
        long kinds = filter.json().fieldNames().stream().filter(Filters::isKind).count();
        if (kinds != 1) {
            throw invalid(at, "must have one of column, and, or, not");
        }
        if (filter.json().containsKey("column")) {
            comparison(filter);
            return;
        }
        for (String field : new String[] {"op", "value"}) {
            if (filter.json().containsKey(field)) {
                throw invalid(filter.at(field), "goes with a column");
            }
        }
        combination(filter, depth);
    }

    private static boolean isKind(String field) {
        return !field.equals("op") && !field.equals("value");
    }

    private void combination(Arguments filter, int depth) {
        if (filter.json().containsKey("not")) {
            sql.add("not (");
            one(filter.json().getValue("not"), filter.at("not"), depth + 1);
            sql.add(")");
            return;
        }
        String word = filter.json().containsKey("and") ? "and" : "or";
        JsonArray parts = filter.list(word, MOST);
        if (parts.isEmpty()) {
            throw invalid(filter.at(word), "must be a list of at least one filter");
        }
        sql.add("(");
        all(parts, " " + word + " ", filter.at(word), depth + 1);
        sql.add(")");
    }

    private void comparison(Arguments filter) {
        String column = filter.name("column");
        Object op = filter.json().getValue("op", "eq");
        Object value = filter.json().getValue("value");
        sql.at(filter.at("column")).column(alias, column).at(filter.at("op"));
        String comparison = COMPARISONS.get(op);
        String collection = COLLECTIONS.get(op);
        if (comparison != null) {
            sql.add(comparison).at(filter.at("value")).value(scalar(value, filter.at("value")));
        } else if (collection != null) {
            sql.add(collection).at(filter.at("value")).value(present(value, filter.at("value")));
        } else if (op.equals("in")) {
            sql.add(" = any(").at(filter.at("value")).value(list(value, filter)).add(")");
        } else if (op.equals("is")) {
            sql.add(" is ").add(state(filter));
        } else if (op instanceof String word && NULL_TESTS.contains(word)) {
            sql.add(word.equals("is_null") ? " is null" : " is not null");
        } else {
            throw invalid(filter.at("op"), "must be one of " + OPERATORS);
        }
        sql.at(PlacedSql.NOWHERE);
    }

    private static Object scalar(@Nullable Object value, String at) {
        if (value == null) {
            throw invalid(at, "must be one value; what is null is found by op is");
        }
        if (value instanceof JsonArray || value instanceof JsonObject) {
            throw invalid(at, "must be one value; op in takes a list, contains and overlaps too");
        }
        return value;
    }

    private static Object present(@Nullable Object value, String at) {
        if (value == null) {
            throw invalid(at, "is missing: a list, an object, or a text such as a range");
        }
        return value instanceof JsonArray list ? list.getList() : value;
    }

    private static Object list(@Nullable Object value, Arguments filter) {
        if (!(value instanceof JsonArray list)) {
            throw invalid(filter.at("value"), "must be a list");
        }
        for (int i = 0; i < list.size(); i++) {
            scalar(list.getValue(i), filter.at("value") + "." + i);
        }
        return list.getList();
    }

    private static String state(Arguments filter) {
        Object value = filter.json().getValue("value");
        if (value == null && !filter.json().containsKey("value")) {
            throw invalid(filter.at("value"), "is missing: null, true, false or unknown");
        }
        return switch (String.valueOf(value)) {
            case "null" -> "null";
            case "true" -> "true";
            case "false" -> "false";
            case "unknown" -> "unknown";
            default -> throw invalid(filter.at("value"), "must be null, true, false or unknown");
        };
    }

    private static String operators() {
        Set<String> words = new TreeSet<>(COMPARISONS.keySet());
        words.addAll(COLLECTIONS.keySet());
        words.addAll(Set.of("in", "is"));
        return String.join(", ", words);
    }
}
