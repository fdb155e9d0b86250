package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Watches over relations of which some columns are hidden: who names one reads its other columns
/// by their names. A star, a whole row, new names for the columns would show the hidden ones; a
/// whole row begins with a reference to it, whatever is made of it afterwards.
final class HiddenColumns {
    private final Map<String, Set<String>> hidden;

    /// Relations that were named, and where.
    private final Map<String, Integer> named = new HashMap<>();

    /// What a whole row of one can be called.
    private final Set<String> rows = new HashSet<>();

    /// What stands last in the names of columns, and in USING.
    private final Set<String> columns = new HashSet<>();

    private boolean mayShowAll;

    /// @param hidden columns by relation
    HiddenColumns(Map<String, Set<String>> hidden) {
        this.hidden = hidden;
    }

    /// What is refused, and where, in bytes.
    record Refusal(String relation, Set<String> columns, int location) {}

    void note(String type, JsonNode node, int location) {
        switch (type) {
            case "RangeVar" -> relation(node, location);
            case "ColumnRef" -> {
                JsonNode last = node.path("fields").path(node.path("fields").size() - 1);
                mayShowAll |= last.has("A_Star");
                columns.add(text(last));
            }
            case "JoinExpr" -> join(node);
            default -> {}
        }
    }

    private void relation(JsonNode node, int location) {
        String name = node.path("relname").asText();
        if (hidden.containsKey(name)) {
            named.putIfAbsent(name, location);
            rows.add(name);
            alias(node.path("alias"));
        }
    }

    private void join(JsonNode node) {
        mayShowAll |= node.path("isNatural").asBoolean();
        node.path("usingClause").forEach(column -> columns.add(text(column)));
        alias(node.path("alias"));
        alias(node.path("join_using_alias"));
    }

    private void alias(JsonNode alias) {
        rows.add(alias.path("aliasname").asText());
        mayShowAll |= alias.has("colnames");
    }

    /// What of all that would show a hidden column.
    Optional<Refusal> refusal() {
        return named.entrySet().stream()
                .map(relation ->
                        new Refusal(
                                relation.getKey(),
                                hidden.getOrDefault(relation.getKey(), Set.of()),
                                relation.getValue()))
                .filter(refusal -> shows(refusal.columns()))
                .findFirst();
    }

    private boolean shows(Set<String> secret) {
        return mayShowAll
                || columns.stream().anyMatch(rows::contains)
                || columns.stream().anyMatch(secret::contains);
    }

    private static String text(JsonNode name) {
        return name.at("/String/sval").asText();
    }
}
