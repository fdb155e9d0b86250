package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether a condition leaves out any row of the table that a statement changes. Read as a
/// propositional formula over its parts: it leaves out none if there are values of the parts that
/// are the same for all rows, such as `1 = 1` or `$1`, with which it holds whatever the others are.
final class RowCondition {
    /// Parts that vary together in one condition; with more, some statement that is harmless has to
    /// be confirmed.
    private static final int MOST_TRIES = 100_000;

    private static final int MOST_BITS = 40;

    private final String name;
    private final boolean alone;

    /// @param target the table
    /// @param alone whether a column without a table's name can only be the target's
    RowCondition(JsonNode target, boolean alone) {
        JsonNode alias = target.at("/alias/aliasname");
        this.name = alias.isMissingNode() ? target.path("relname").asText() : alias.asText();
        this.alone = alone;
    }

    /// @param condition missing for none
    boolean holdsForAll(JsonNode condition) {
        if (condition.isMissingNode()) {
            return true;
        }
        var formula = new Formula();
        Truth truth = formula.read(condition);
        long sames = 1L << Math.min(formula.same.size(), MOST_BITS);
        long rows = 1L << Math.min(formula.ofRow.size(), MOST_BITS);
        int tries = 0;
        for (long same = 0; same < sames; same++) {
            boolean all = true;
            for (long row = 0; all && row < rows; row++) {
                if (++tries > MOST_TRIES) {
                    return true;
                }
                all = truth.of(same, row);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /// What a condition is for some values of its parts.
    private interface Truth {
        /// @param same bits, one for each part that is the same for all rows
        /// @param row bits, one for each part that is not
        boolean of(long same, long row);
    }

    /// The parts of a condition that are neither AND, OR nor NOT, by what they say.
    private final class Formula {
        private final Map<JsonNode, Integer> same = new LinkedHashMap<>();
        private final Map<JsonNode, Integer> ofRow = new LinkedHashMap<>();

        Truth read(JsonNode node) {
            if (node.has("BoolExpr")) {
                List<Truth> parts = new ArrayList<>();
                node.at("/BoolExpr/args").forEach(part -> parts.add(read(part)));
                return switch (node.at("/BoolExpr/boolop").asText()) {
                    case "AND_EXPR" ->
                            (same, row) -> parts.stream().allMatch(part -> part.of(same, row));
                    case "OR_EXPR" ->
                            (same, row) -> parts.stream().anyMatch(part -> part.of(same, row));
                    default -> (same, row) -> !parts.getFirst().of(same, row);
                };
            }
            if (isTrue(node) || isFalse(node)) {
                boolean value = isTrue(node);
                return (_, _) -> value;
            }
            boolean depends = dependsOnRow(node, false);
            var known = depends ? ofRow : same;
            int index = known.computeIfAbsent(plain(node), _ -> known.size());
            return (same, row) -> ((depends ? row : same) >> index & 1) == 1;
        }
    }

    private boolean isTrue(JsonNode node) {
        return node.at("/A_Const/boolval/boolval").asBoolean() || comparesWithItself(node);
    }

    private boolean isFalse(JsonNode node) {
        return node.at("/A_Const").has("boolval") && !isTrue(node);
    }

    /// `x = x`, which all rows pass where `x` is something.
    private boolean comparesWithItself(JsonNode node) {
        JsonNode comparison = node.path("A_Expr");
        String operator = comparison.at("/name/0/String/sval").asText();
        return comparison.path("kind").asText().equals("AEXPR_OP")
                && (operator.equals("=") || operator.equals("<=") || operator.equals(">="))
                && plain(comparison.path("lexpr")).equals(plain(comparison.path("rexpr")));
    }

    /// Whether a column of the target stands in it, or one that may be the target's. In a query
    /// inside, only by its table's name.
    private boolean dependsOnRow(JsonNode node, boolean inside) {
        if (node.has("ColumnRef")) {
            JsonNode fields = node.at("/ColumnRef/fields");
            return fields.size() == 1
                    ? !inside || isTarget(fields.path(0))
                    : isTarget(fields.path(fields.size() - 2));
        }
        if (node.has("SubLink")) {
            JsonNode query = node.at("/SubLink/subselect");
            return dependsOnRow(node.at("/SubLink/testexpr"), inside)
                    || (!hides(query) && dependsOnRow(query, true));
        }
        for (JsonNode part : node) {
            if (dependsOnRow(part, inside)) {
                return true;
            }
        }
        return false;
    }

    private boolean isTarget(JsonNode field) {
        return field.at("/String/sval").asText().equals(name);
    }

    /// Whether a query has a table of its own with the target's name.
    private boolean hides(JsonNode query) {
        boolean[] hidden = {false};
        WriteTree.each(
                query,
                (type, node) -> {
                    if (type.equals("RangeVar")) {
                        JsonNode alias = node.at("/alias/aliasname");
                        String shown =
                                alias.isMissingNode()
                                        ? node.path("relname").asText()
                                        : alias.asText();
                        hidden[0] |= shown.equals(name);
                    }
                });
        return hidden[0];
    }

    /// The same without its places in the text, and a column of the target without its table.
    private JsonNode plain(JsonNode node) {
        JsonNode copy = node.deepCopy();
        strip(copy);
        return copy;
    }

    private void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("location", "rexpr_list_start", "rexpr_list_end"));
        }
        if (alone && node.path("ColumnRef").path("fields") instanceof ArrayNode fields) {
            while (fields.size() > 1 && isTarget(fields.path(fields.size() - 2))) {
                fields.remove(0);
            }
        }
        node.forEach(this::strip);
    }
}
