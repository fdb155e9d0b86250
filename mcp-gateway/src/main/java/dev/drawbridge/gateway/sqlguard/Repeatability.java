package dev.drawbridge.gateway.sqlguard;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Notes what of a statement's text makes it answer differently although nothing was written: the
/// moment, chance, and who asks.
public final class Repeatability {
    /// What date and time types read as the moment (PostgreSQL's special date/time inputs).
    private static final Pattern MOMENT =
            Pattern.compile(
                    "(?<![a-z])(now|today|tomorrow|yesterday)(?![a-z])", Pattern.CASE_INSENSITIVE);

    private final Set<String> queries = new HashSet<>();
    private boolean repeatable = true;

    Repeatability() {}

    /// Whether a text, read as a time, would be the present one.
    public static boolean namesMoment(String text) {
        return MOMENT.matcher(text).find();
    }

    void note(String type, JsonNode node) {
        switch (type) {
            case "SQLValueFunction", "RangeTableSample" -> repeatable = false;
            case "A_Const" -> {
                if (namesMoment(node.at("/sval/sval").asText())) {
                    repeatable = false;
                }
            }
            case "CommonTableExpr" -> queries.add(node.path("ctename").asText());
            default -> {}
        }
    }

    /// Whether nothing of the text itself speaks against it.
    boolean isRepeatable() {
        return repeatable;
    }

    /// Names of the statement's own WITH queries.
    Set<String> queries() {
        return Set.copyOf(queries);
    }
}
