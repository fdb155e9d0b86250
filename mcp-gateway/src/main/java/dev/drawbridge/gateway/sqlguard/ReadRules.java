package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import dev.drawbridge.grammar.ParseTree;
import dev.drawbridge.problem.Problem;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Holds the tree of one statement against a [ReadPolicy]: every node, wherever it stands. What the
/// policy does not know is refused.
class ReadRules {
    private static final String ONLY_READS =
            "Only statements that read are accepted here: SELECT, VALUES, TABLE, WITH, EXPLAIN and"
                    + " SHOW."
                    + SqlGuard.TO_WRITE;

    private final ReadPolicy policy;
    private final ParseTree tree;
    private final Mentions mentions = new Mentions();
    private final HiddenColumns hiddenColumns;
    private final Repeatability repeatability = new Repeatability();

    /// @param tree of the text that the statement is part of
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
        return named();
    }

    /// What was named in all that was walked through.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `QUERY_REJECTED` when it would show a hidden
    ///   column
    final List<Mention> named() {
        hiddenColumns.refusal().ifPresent(this::refuse);
        return mentions.in(tree);
    }

    /// Whether what was walked through answers the same until something is written.
    final Repeatability repeatability() {
        return repeatability;
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

    /// A node that is yet to be judged.
    ///
    /// @param around the location of what it stands in, for one that has none
    /// @param depth how many nodes it stands in
    private record Visit(String type, JsonNode node, int around, int depth) {}

    /// Judges a node and all that it holds, in the order of the text. Without recursion: a sum of
    /// some thousands is as many nodes deep.
    final void node(JsonNode wrapped, int around) {
        Deque<Visit> rest = new ArrayDeque<>();
        add(rest, "", wrapped, new Visit("", wrapped, around, 0));
        while (!rest.isEmpty()) {
            judge(rest.pop(), rest);
        }
    }

    private void judge(Visit visit, Deque<Visit> rest) {
        JsonNode node = visit.node();
        Map<String, String> known = policy.nodes().get(visit.type());
        int written = node.path("location").asInt(-1);
        int location = written < 0 ? visit.around() : written;
        if (known == null) {
            throw rejected(readable(visit.type()) + refused(), location);
        }
        depth(visit.depth(), location);
        names(visit.type(), node, location);
        mentions.note(visit.type(), node, location);
        hiddenColumns.note(visit.type(), node, location);
        repeatability.note(visit.type(), node);
        Deque<Visit> held = new ArrayDeque<>();
        var inside = new Visit(visit.type(), node, location, visit.depth() + 1);
        node.properties()
                .forEach(field -> {
                    String type = known.get(field.getKey());
                    if (type == null) {
                        throw rejected(readable(field.getKey()) + refused(), location);
                    }
                    add(held, type, field.getValue(), inside);
                });
        held.forEach(rest::push);
    }

    /// @param type of the node, if the field that holds it has only one
    /// @param inside what it stands in
    private static void add(Deque<Visit> nodes, String type, JsonNode value, Visit inside) {
        if (value.isArray()) {
            // Lists in lists are few levels deep, whatever the text.
            value.forEach(element -> add(nodes, type, element, inside));
        } else if (value.isObject() && !type.isEmpty()) {
            nodes.push(new Visit(type, value, inside.around(), inside.depth()));
        } else if (value.isObject() && !value.isEmpty()) {
            String written = type(value);
            nodes.push(new Visit(written, value.path(written), inside.around(), inside.depth()));
        }
    }

    /// Judges how deep a node stands; a statement that reads may be as deep as the parser goes.
    void depth(int depth, int location) {}

    /// Judges what a node names, or what kind of thing it is.
    void names(String type, JsonNode node, int location) {
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
                    throw denied("relation", name, policy.relations(), name, location);
                }
            }
            case "DefElem" -> {
                String option = node.path("defname").asText();
                if (!policy.options().contains(option)) {
                    throw rejected("There is no option " + option + " here.", location);
                }
            }
            default -> {}
        }
    }

    private void function(String name, int arguments, int location) {
        String exact = name + '/' + arguments;
        if (policy.functions().contains(exact)) {
            throw denied("function", name, policy.functions(), exact, location);
        }
        if (policy.functions().contains(name)) {
            throw denied("function", name, policy.functions(), name, location);
        }
    }

    /// The last of a name's parts counts: a function in a schema of the caller's choice may be one
    /// with another's name.
    private static String last(JsonNode names) {
        return names.path(names.size() - 1).at("/String/sval").asText();
    }

    /// The only key of a node; empty for an element that is null.
    static String type(JsonNode wrapped) {
        var keys = wrapped.fieldNames();
        return keys.hasNext() ? keys.next() : "";
    }

    /// The name of a node or field as it is written in SQL: `DeleteStmt` as `DELETE`.
    static String readable(String name) {
        return switch (name) {
            case "lockingClause" -> "FOR UPDATE or FOR SHARE";
            case "intoClause" -> "INTO";
            default ->
                    name.replaceAll("Stmt$", "")
                            .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                            .toUpperCase(Locale.ROOT);
        };
    }

    private RuntimeException denied(
            String kind, String name, ReadPolicy.Names names, String entry, int location) {
        String advice = names.adviceFor(entry);
        String reason = "The " + kind + " " + name + refused();
        return rejected(advice.isEmpty() ? reason : reason + " " + advice, location);
    }

    private String refused() {
        return " is not accepted in " + policy.statement() + ".";
    }

    final RuntimeException rejected(String reason, int location) {
        return new Problem.QueryRejected(reason, tree.position(location)).exception();
    }
}
