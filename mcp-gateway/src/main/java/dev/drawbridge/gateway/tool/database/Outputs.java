package dev.drawbridge.gateway.tool.database;

import static dev.drawbridge.gateway.tool.database.Arguments.invalid;

import io.vertx.core.json.JsonArray;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is wanted of the rows of a table: columns, and what is counted or summed up over rows that
/// are alike in the columns beside it.
///
/// @param list in order; none for all columns
record Outputs(List<Output> list) {
    private static final int MOST = 200;

    private static final String[] FUNCTIONS = {
        "count", "count_distinct", "sum", "avg", "min", "max"
    };

    /// One column of the answer.
    ///
    /// @param function what is made of the column; null for the column itself
    /// @param column null for rows, which are counted
    /// @param name in the answer
    /// @param at where it stands in the call
    record Output(@Nullable String function, @Nullable String column, String name, String at) {
        private void append(PlacedSql sql, String alias) {
            sql.at(at);
            if (column == null) {
                sql.add("count(*)");
            } else if (function == null) {
                sql.column(alias, column);
            } else {
                sql.add(function.equals("count_distinct") ? "count(distinct " : function + "(");
                sql.column(alias, column).add(")");
            }
            sql.at(PlacedSql.NOWHERE).add(" as ").name(name);
        }
    }

    /// Reads the list of a call.
    ///
    /// @param at where it stands
    static Outputs of(JsonArray list, String at) {
        List<Output> outputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Arguments.list(list, at, MOST);
        for (int i = 0; i < list.size(); i++) {
            Output output = output(list.getValue(i), at + "." + i);
            if (!names.add(output.name())) {
                throw invalid(output.at(), "has the name of another; say as");
            }
            outputs.add(output);
        }
        return new Outputs(List.copyOf(outputs));
    }

    private static Output output(@Nullable Object element, String at) {
        if (element instanceof String column) {
            return new Output(null, Arguments.name(column, at), column, at);
        }
        var given = Arguments.of(element, at, "column", "fn", "as");
        String function = given.has("fn") ? given.word("fn", FUNCTIONS) : null;
        boolean countsRows = "count".equals(function) && !given.has("column");
        String column = countsRows ? null : given.name("column");
        String otherwise =
                function == null
                        ? String.valueOf(column)
                        : column == null ? function : function + "_" + column;
        String name = given.optionalName("as");
        return new Output(function, column, name == null ? otherwise : name, at);
    }

    boolean isAll() {
        return list.isEmpty();
    }

    boolean aggregates() {
        return list.stream().anyMatch(output -> output.function() != null);
    }

    /// The columns that are wanted themselves.
    List<String> columns() {
        return list.stream()
                .filter(output -> output.function() == null)
                .map(output -> String.valueOf(output.column()))
                .toList();
    }

    /// Appends the columns of a SELECT.
    void append(PlacedSql sql, String alias) {
        if (isAll()) {
            sql.add(alias).add(".*");
        }
        String between = "";
        for (Output output : list) {
            sql.add(between);
            output.append(sql, alias);
            between = ", ";
        }
    }

    /// Appends what an aggregation is grouped by, if there is any.
    void appendGroups(PlacedSql sql, String alias) {
        String before = " group by ";
        for (String column : aggregates() ? columns() : List.<String>of()) {
            sql.add(before).column(alias, column);
            before = ", ";
        }
    }

    /// The column that a name of the answer, or of the table, is of.
    String column(String name) {
        return list.stream()
                .filter(output -> output.name().equals(name) && output.column() != null)
                .map(output -> String.valueOf(output.column()))
                .findFirst()
                .orElse(name);
    }

    /// Appends what a name of the answer, or of the table, is to be ordered by.
    void appendOrder(PlacedSql sql, String alias, String name, String at) {
        List<String> names = list.stream().map(Output::name).toList();
        if (!aggregates()) {
            sql.column(alias, column(name));
        } else if (!names.contains(name)) {
            throw invalid(at, "is not in select; there are " + String.join(", ", names));
        } else {
            sql.name(name);
        }
    }
}
