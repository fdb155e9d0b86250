package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.grammar.ParseTree;
import dev.drawbridge.problem.Problem;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Holds the tree of one statement against a [ReadPolicy]: every node, wherever it stands. What the
/// policy does not know is refused.
final class ReadRules {
    private static final String ONLY_READS =
            "Only statements that read are accepted here: SELECT, VALUES, TABLE, WITH, EXPLAIN and"
                    + " SHOW.";

    private final ReadPolicy policy;
    private final ParseTree tree;
    private final Mentions mentions = new Mentions();
    private final HiddenColumns hiddenColumns;

    ReadRules(ReadPolicy policy, ParseTree tree) {
        this.policy = policy;
        this.tree = tree;
        this.hiddenColumns = new HiddenColumns(policy.columns());
    }

    /// Passes for a statement that only reads.
    ///
    /// @param location where it begins
    /// @return what it names
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED`
    List<Mention> check(JsonNode statement, int location) {
        String type = type(statement);
        switch (type) {
            case "SelectStmt" -> node(statement, location);
            case "ExplainStmt" -> {
                JsonNode explained = statement.path(type).path("query");
                if (!type(explained).equals("SelectStmt")) {
                    throw rejected(
                            "EXPLAIN is accepted for SELECT, VALUES, TABLE and WITH.", location);
                }
                node(statement, location);
            }
            case "VariableShowStmt" -> show(statement.path(type).path("name").asText(), location);
            default -> throw rejected(ONLY_READS, location);
        }
        hiddenColumns.refusal().ifPresent(this::refuse);
        return mentions.in(tree);
    }

    private void refuse(HiddenColumns.Refusal refusal) {
        throw rejected(
                "Of "
                        + refusal.relation()
                        + " name the columns that you want, without *, whole rows, NATURAL and new"
                        + " names for its columns, and not "
                        + String.join(", ", refusal.columns())
                        + ".",
                refusal.location());
    }

    private void show(String name, int location) {
        String setting = name.toLowerCase(Locale.ROOT); // Quotes do not keep its case.
        if (setting.equals("all") || ReadPolicy.hidesSetting(setting)) {
            throw rejected("This setting is not shown to agents.", location);
        }
    }

    /// @param around the location of what the node stands in, for those that have none
    private void node(JsonNode wrapped, int around) {
        String type = type(wrapped);
        if (!type.isEmpty()) {
            fields(type, wrapped.path(type), around);
        }
    }

    private void fields(String type, JsonNode node, int around) {
        Map<String, String> known = policy.nodes().get(type);
        int written = node.path("location").asInt(-1);
        int location = written < 0 ? around : written;
        if (known == null) {
            throw rejected(
                    readable(type) + " is not accepted in a statement that only reads.", location);
        }
        names(type, node, location);
        mentions.note(type, node, location);
        hiddenColumns.note(type, node, location);
        node.properties()
                .forEach(field -> {
                    String held = known.get(field.getKey());
                    if (held == null) {
                        throw rejected(
                                readable(field.getKey())
                                        + " is not accepted in a statement that only reads.",
                                location);
                    }
                    value(held, field.getValue(), location);
                });
    }

    private void value(String held, JsonNode value, int location) {
        if (value.isArray()) {
            value.forEach(element -> value(held, element, location));
        } else if (value.isObject() && held.isEmpty()) {
            node(value, location);
        } else if (value.isObject()) {
            fields(held, value, location);
        }
    }

    private void names(String type, JsonNode node, int location) {
        switch (type) {
            case "FuncCall" ->
                    function(last(node.path("funcname")), node.path("args").size(), location);
            case "RangeTableSample" -> function(last(node.path("method")), 1, location);
            // x.name may be a column, and may be name(x).
            case "ColumnRef" -> {
                if (node.path("fields").size() > 1) {
                    function(last(node.path("fields")), 1, location);
                }
            }
            case "A_Indirection" ->
                    node.path("indirection")
                            .forEach(step ->
                                    function(step.at("/String/sval").asText(), 1, location));
            case "RangeVar" -> {
                String name = node.path("relname").asText();
                if (policy.relations().contains(name)) {
                    throw denied("relation", name, location);
                }
            }
            case "DefElem" -> {
                String option = node.path("defname").asText();
                if (!policy.explainOptions().contains(option)) {
                    throw rejected("EXPLAIN has no option " + option + " here.", location);
                }
            }
            default -> {}
        }
    }

    private void function(String name, int arguments, int location) {
        if (policy.functions().contains(name)
                || policy.functions().contains(name + '/' + arguments)) {
            throw denied("function", name, location);
        }
    }

    /// The last of a name's parts counts: a function in a schema of the caller's choice may be one
    /// with another's name.
    private static String last(JsonNode names) {
        return names.path(names.size() - 1).at("/String/sval").asText();
    }

    /// The only key of a node; empty for an element that is null.
    private static String type(JsonNode wrapped) {
        var keys = wrapped.fieldNames();
        return keys.hasNext() ? keys.next() : "";
    }

    /// The name of a node or field as it is written in SQL: `DeleteStmt` as `DELETE`.
    private static String readable(String name) {
        return switch (name) {
            case "lockingClause" -> "FOR UPDATE or FOR SHARE";
            case "intoClause" -> "INTO";
            default ->
                    name.replaceAll("Stmt$", "")
                            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                            .toUpperCase(Locale.ROOT);
        };
    }

    private RuntimeException denied(String kind, String name, int location) {
        return rejected(
                "The " + kind + " " + name + " is not accepted in a statement that only reads.",
                location);
    }

    private RuntimeException rejected(String reason, int location) {
        return new Problem.QueryRejected(reason, tree.position(location)).exception();
    }
}
