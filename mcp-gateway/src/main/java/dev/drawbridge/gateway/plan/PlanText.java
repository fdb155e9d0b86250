package dev.drawbridge.gateway.plan;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes a plan as PostgreSQL's text format does.
public final class PlanText {
    /// What stands in the first line of a node, or in lines made of several facts.
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "Node Type",
                    "Strategy",
                    "Partial Mode",
                    "Parent Relationship",
                    "Parallel Aware",
                    "Async Capable",
                    "Join Type",
                    "Startup Cost",
                    "Total Cost",
                    "Plan Rows",
                    "Plan Width",
                    "Scan Direction",
                    "Index Name",
                    "Relation Name",
                    "Schema",
                    "Alias",
                    "CTE Name",
                    "Function Name",
                    "Tuplestore Name",
                    "Subplan Name",
                    "Plans",
                    "Workers",
                    "Inner Unique",
                    "Single Copy",
                    "Operation",
                    "Command",
                    "Custom Plan Provider",
                    "Sort Method",
                    "Sort Space Used",
                    "Sort Space Type",
                    "Hash Buckets",
                    "Original Hash Buckets",
                    "Hash Batches",
                    "Original Hash Batches",
                    "Peak Memory Usage",
                    "Exact Heap Blocks",
                    "Lossy Heap Blocks");

    private static final List<String> BUFFERS = List.of("Shared", "Local", "Temp");
    private static final List<String> BLOCKS = List.of("Hit", "Read", "Dirtied", "Written");

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    /// The lines of a plan, each with its end.
    public static String of(Plan plan) {
        var text = new PlanText();
        text.node(plan.root(), 2);
        text.end(plan);
        return text.text.toString();
    }

    /// @param indent of what stands below its first line
    private void node(PlanNode node, int indent) {
        text.append(node.label())
                .append(
                        String.format(
                                Locale.ROOT,
                                "  (cost=%s..%s rows=%s width=%s)",
                                decimal(node.number("Startup Cost")),
                                decimal(node.cost()),
                                Math.round(node.rows()),
                                Math.round(node.number("Plan Width"))));
        measured(node);
        text.append('\n');
        details(node, indent);
        node.parts().forEach(part -> part(part, indent));
    }

    private void part(PlanNode part, int indent) {
        String subplan = part.text("Subplan Name");
        int arrow = subplan.isEmpty() ? indent : indent + 2;
        if (!subplan.isEmpty()) {
            line(indent, subplan);
        }
        text.append(" ".repeat(arrow)).append("->  ");
        node(part, arrow + 6);
    }

    private void measured(PlanNode node) {
        if (!node.has("Actual Loops")) {
            return;
        }
        if (node.loops() == 0) {
            text.append(" (never executed)");
            return;
        }
        text.append(" (actual ");
        if (node.has("Actual Total Time")) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "time=%.3f..%.3f ",
                            node.number("Actual Startup Time"),
                            node.number("Actual Total Time")));
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "rows=%s loops=%s)",
                        plain(node.number("Actual Rows")),
                        plain(node.loops())));
    }

    private void details(PlanNode node, int indent) {
        for (Map.Entry<String, Object> fact : node.facts()) {
            String key = fact.getKey();
            boolean isBlocks = key.endsWith(" Blocks") || key.startsWith("Actual ");
            if (!ELSEWHERE.contains(key) && !isBlocks && says(key, fact.getValue())) {
                line(indent, key + ": " + value(fact.getValue()));
            }
        }
        for (String made : made(node)) {
            line(indent, made);
        }
        buffers(node.facts(), indent);
    }

    private static boolean says(String key, Object value) {
        return switch (value) {
            case Number number -> number.doubleValue() != 0 || key.equals("Heap Fetches");
            case Boolean flag -> flag;
            case JsonObject _ -> false;
            case JsonArray list -> !list.isEmpty() && !(list.getValue(0) instanceof JsonObject);
            default -> true;
        };
    }

    private static String value(Object value) {
        return switch (value) {
            case Number number -> plain(number.doubleValue());
            case JsonArray list ->
                    list.stream().map(String::valueOf).collect(Collectors.joining(", "));
            default -> String.valueOf(value);
        };
    }

    /// Lines that are made of several facts.
    private static List<String> made(PlanNode node) {
        List<String> made = new ArrayList<>();
        if (node.has("Sort Method")) {
            made.add(
                    String.format(
                            Locale.ROOT,
                            "Sort Method: %s  %s: %skB",
                            node.text("Sort Method"),
                            node.text("Sort Space Type"),
                            plain(node.number("Sort Space Used"))));
        }
        if (node.has("Hash Buckets")) {
            made.add(
                    String.format(
                            Locale.ROOT,
                            "Buckets: %s  Batches: %s  Memory Usage: %skB",
                            plain(node.number("Hash Buckets")),
                            plain(node.number("Hash Batches")),
                            plain(node.number("Peak Memory Usage"))));
        } else if (node.has("Peak Memory Usage")) {
            made.add(
                    String.format(
                            Locale.ROOT,
                            "Memory Usage: %skB",
                            plain(node.number("Peak Memory Usage"))));
        }
        double exact = node.number("Exact Heap Blocks");
        double lossy = node.number("Lossy Heap Blocks");
        if (exact + lossy > 0) {
            made.add(
                    "Heap Blocks:"
                            + (exact > 0 ? " exact=" + plain(exact) : "")
                            + (lossy > 0 ? " lossy=" + plain(lossy) : ""));
        }
        return made;
    }

    private void buffers(JsonObject facts, int indent) {
        List<String> kinds = new ArrayList<>();
        for (String kind : BUFFERS) {
            var blocks = new StringBuilder();
            for (String done : BLOCKS) {
                long count = facts.getLong(kind + " " + done + " Blocks", 0L);
                if (count > 0) {
                    blocks.append(' ').append(done.toLowerCase(Locale.ROOT)).append('=');
                    blocks.append(count);
                }
            }
            if (!blocks.isEmpty()) {
                kinds.add(kind.toLowerCase(Locale.ROOT) + blocks);
            }
        }
        if (!kinds.isEmpty()) {
            line(indent, "Buffers: " + String.join(", ", kinds));
        }
    }

    private void end(Plan plan) {
        if (plan.isMeasured() && plan.planningMs() > 0) {
            line(0, String.format(Locale.ROOT, "Planning Time: %.3f ms", plan.planningMs()));
        }
        if (plan.compilationMs() > 0) {
            line(0, String.format(Locale.ROOT, "JIT: %.3f ms", plan.compilationMs()));
        }
        if (plan.isMeasured()) {
            line(0, String.format(Locale.ROOT, "Execution Time: %.3f ms", plan.executionMs()));
        }
    }

    private void line(int indent, String line) {
        text.append(" ".repeat(indent)).append(line).append('\n');
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /// Without a fraction where there is none.
    private static String plain(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%.2f", number);
    }
}
