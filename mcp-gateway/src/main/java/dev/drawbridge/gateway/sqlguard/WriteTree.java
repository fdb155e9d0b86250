package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/// Finds its way in the tree of a statement.
final class WriteTree {
    private static final Set<String> CHANGES =
            Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    private WriteTree() {}

    /// Visits every node whose type the tree says, from the outside in.
    static void each(JsonNode tree, BiConsumer<String, JsonNode> visit) {
        tree.properties()
                .forEach(field -> {
                    if (Character.isUpperCase(field.getKey().charAt(0))) {
                        visit.accept(field.getKey(), field.getValue());
                    }
                    each(field.getValue(), visit);
                });
        if (tree.isArray()) {
            tree.forEach(element -> each(element, visit));
        }
    }

    /// Whether anything in it inserts, updates or deletes.
    static boolean changesRows(JsonNode tree) {
        boolean[] found = {false};
        each(tree, (type, _) -> found[0] |= CHANGES.contains(type));
        return found[0];
    }

    /// The value of an enumeration as a person would say it: `OBJECT_TABLE` as `TABLE`.
    static String readable(String value) {
        return value.replaceAll("^(OBJECT|AT)_", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replace('_', ' ')
                .toUpperCase(Locale.ROOT);
    }
}
