package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Why a statement may destroy more than is meant.
final class Destruction {
    private static final Set<String> DESTROYING = Set.of("CMD_UPDATE", "CMD_DELETE");

    private Destruction() {}

    /// A sentence for each reason, each once.
    static List<String> of(JsonNode statement) {
        Set<String> reasons = new LinkedHashSet<>();
        WriteTree.each(statement, (type, node) -> judge(type, node, reasons));
        return List.copyOf(reasons);
    }

    private static void judge(String type, JsonNode node, Set<String> reasons) {
        switch (type) {
            case "UpdateStmt" -> rows("UPDATE", node, "fromClause", reasons);
            case "DeleteStmt" -> rows("DELETE", node, "usingClause", reasons);
            case "MergeStmt" -> merge(node, reasons);
            case "TruncateStmt" ->
                    reasons.add(
                            "TRUNCATE removes every row of its tables, those too that row-level"
                                    + " security hides.");
            case "DropStmt" ->
                    reasons.add(
                            "DROP "
                                    + WriteTree.readable(node.path("removeType").asText())
                                    + " removes it with all that is in it.");
            case "AlterTableCmd" -> alter(node, reasons);
            default -> {}
        }
    }

    private static void rows(String verb, JsonNode node, String others, Set<String> reasons) {
        JsonNode target = node.path("relation");
        var condition = new RowCondition(target, !node.has(others));
        if (condition.holdsForAll(node.path("whereClause"))) {
            reasons.add(everyRow(verb, target));
        }
    }

    private static void merge(JsonNode node, Set<String> reasons) {
        JsonNode target = node.path("relation");
        var condition = new RowCondition(target, false);
        boolean joinsAll = condition.holdsForAll(node.path("joinCondition"));
        for (JsonNode wrapped : node.path("mergeWhenClauses")) {
            JsonNode clause = wrapped.path("MergeWhenClause");
            String kind = clause.path("matchKind").asText();
            boolean reachesAll =
                    kind.equals("MERGE_WHEN_NOT_MATCHED_BY_SOURCE")
                            || (kind.equals("MERGE_WHEN_MATCHED") && joinsAll);
            if (reachesAll
                    && DESTROYING.contains(clause.path("commandType").asText())
                    && condition.holdsForAll(clause.path("condition"))) {
                reasons.add(everyRow("MERGE", target));
            }
        }
    }

    private static void alter(JsonNode node, Set<String> reasons) {
        String subtype = node.path("subtype").asText();
        if (subtype.startsWith("AT_Drop")) {
            reasons.add("ALTER … " + WriteTree.readable(subtype) + " removes what it names.");
        } else if (subtype.equals("AT_AlterColumnType")) {
            reasons.add("ALTER … TYPE may lose what the new type does not hold.");
        }
    }

    private static String everyRow(String verb, JsonNode target) {
        return verb
                + " reaches every row of "
                + target.path("relname").asText()
                + ": no condition depends on the row.";
    }
}
