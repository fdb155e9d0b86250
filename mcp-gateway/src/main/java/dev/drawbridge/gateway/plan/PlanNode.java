package dev.drawbridge.gateway.plan;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.stream.Stream;

/// A node of a plan.
///
/// @param facts what EXPLAIN (FORMAT JSON) says of it, by PostgreSQL's own keys
/// @param parts the nodes that it takes its rows from, and its subplans
public record PlanNode(JsonObject facts, List<PlanNode> parts) {
    private static final String JOIN = " Join";

    static PlanNode of(JsonObject facts) {
        return new PlanNode(
                facts,
                facts.getJsonArray("Plans", new JsonArray()).stream()
                        .map(part -> of((JsonObject) part))
                        .toList());
    }

    public String type() {
        return text("Node Type");
    }

    /// Empty where it is not said, as for all texts.
    public String text(String key) {
        return facts.getValue(key) instanceof String text ? text : "";
    }

    /// 0 where it is not said, as for all numbers.
    public double number(String key) {
        return facts.getValue(key) instanceof Number number ? number.doubleValue() : 0;
    }

    /// The texts of a list; empty where it is none.
    public List<String> texts(String key) {
        return facts.getValue(key) instanceof JsonArray list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    public boolean has(String key) {
        return facts.containsKey(key);
    }

    /// As the planner expects it, of one loop.
    public double cost() {
        return number("Total Cost");
    }

    /// As the planner expects them, of one loop.
    public double rows() {
        return number("Plan Rows");
    }

    /// How often it ran; 0 where it was not measured, or never.
    public double loops() {
        return number("Actual Loops");
    }

    /// Of all loops.
    public double actualRows() {
        return number("Actual Rows") * loops();
    }

    /// Whether it is what another one starts once, or anew for each of its rows.
    public boolean isSubplan() {
        String relationship = text("Parent Relationship");
        return relationship.equals("InitPlan") || relationship.equals("SubPlan");
    }

    /// The nodes that it takes its rows from, in order.
    public List<PlanNode> inputs() {
        return parts.stream().filter(part -> !part.isSubplan()).toList();
    }

    /// This one and all below it.
    public Stream<PlanNode> all() {
        return Stream.concat(Stream.of(this), parts.stream().flatMap(PlanNode::all));
    }

    /// What it is called in the text form: `Parallel Seq Scan`, `Hash Left Join`.
    public String name() {
        String type = type();
        String name =
                switch (type) {
                    case "Aggregate" -> aggregate();
                    case "Nested Loop", "Merge Join", "Hash Join" -> join(type);
                    case "ModifyTable" -> text("Operation");
                    case "SetOp" -> type + " " + text("Command");
                    case "Custom Scan" -> type + " (" + text("Custom Plan Provider") + ")";
                    default -> type;
                };
        boolean backward = text("Scan Direction").equals("Backward");
        return (Boolean.TRUE.equals(facts.getValue("Parallel Aware")) ? "Parallel " : "")
                + name
                + (backward ? " Backward" : "");
    }

    private String aggregate() {
        String mode = text("Partial Mode");
        String kind =
                switch (text("Strategy")) {
                    case "Sorted" -> "GroupAggregate";
                    case "Hashed" -> "HashAggregate";
                    case "Mixed" -> "MixedAggregate";
                    default -> "Aggregate";
                };
        return mode.isEmpty() || mode.equals("Simple") ? kind : mode + " " + kind;
    }

    private String join(String type) {
        String kind = text("Join Type");
        if (kind.isEmpty() || kind.equals("Inner")) {
            return type;
        }
        return type.equals("Nested Loop")
                ? type + " " + kind + JOIN
                : type.replace(JOIN, " " + kind + JOIN);
    }

    /// Its name, and what it reads: `Index Scan using item_pkey on item i`.
    public String label() {
        var label = new StringBuilder(name());
        boolean isIndexOnly = !has("Relation Name") && has("Index Name");
        if (has("Index Name") && !isIndexOnly) {
            label.append(" using ").append(quoted(text("Index Name")));
        }
        String read = isIndexOnly ? quoted(text("Index Name")) : read();
        if (!read.isEmpty()) {
            label.append(" on ").append(read);
        }
        String alias = quoted(text("Alias"));
        if (!alias.isEmpty() && !("." + read).endsWith("." + alias)) {
            label.append(read.isEmpty() ? " on " : " ").append(alias);
        }
        return label.toString();
    }

    private String read() {
        String schema = text("Schema");
        return Stream.of("Relation Name", "CTE Name", "Function Name", "Tuplestore Name")
                .map(this::text)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .map(name -> schema.isEmpty() ? quoted(name) : quoted(schema) + "." + quoted(name))
                .orElse("");
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_$]*|") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
