package dev.drawbridge.gateway.plan;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// A plan, measured or not.
///
/// @param facts what EXPLAIN says of all of it: times of planning and execution, compilation
public record Plan(PlanNode root, JsonObject facts) {
    /// What `EXPLAIN (FORMAT JSON)` answered, in its only row.
    public static Plan of(JsonArray explained) {
        JsonObject facts = explained.getJsonObject(0);
        return new Plan(PlanNode.of(facts.getJsonObject("Plan")), facts);
    }

    /// As the planner expects it, in its own unit.
    public double cost() {
        return root.cost();
    }

    /// Whether it was run.
    public boolean isMeasured() {
        return root.has("Actual Loops");
    }

    /// In milliseconds; 0 where it was not measured.
    public double executionMs() {
        return number("Execution Time");
    }

    /// In milliseconds; 0 where it is not said.
    public double planningMs() {
        return number("Planning Time");
    }

    /// What compilation took, in milliseconds; 0 without any. From version 17 on a part of it has
    /// parts.
    public double compilationMs() {
        JsonObject timing =
                facts.getJsonObject("JIT", new JsonObject())
                        .getJsonObject("Timing", new JsonObject());
        return timing.getValue("Total") instanceof Number total ? total.doubleValue() : 0;
    }

    private double number(String key) {
        return facts.getValue(key) instanceof Number number ? number.doubleValue() : 0;
    }
}
