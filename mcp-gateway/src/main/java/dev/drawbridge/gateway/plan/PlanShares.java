package dev.drawbridge.gateway.plan;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// How much of the whole each node takes by itself: of the time, where it was measured, else of the
/// cost. Shares add up to 1.
public final class PlanShares {
    private final boolean measured;
    private final IdentityHashMap<PlanNode, Double> shares = new IdentityHashMap<>();

    private PlanShares(boolean measured) {
        this.measured = measured;
    }

    public static PlanShares of(Plan plan) {
        boolean timed = plan.root().number("Actual Total Time") > 0;
        var all = new PlanShares(timed);
        all.weigh(plan.root(), 1, all.amount(plan.root(), 1, 1), 1);
        return all;
    }

    /// Whether they are shares of time.
    public boolean areOfTime() {
        return measured;
    }

    /// From 0 to 1.
    public double of(PlanNode node) {
        return shares.getOrDefault(node, 0.0);
    }

    /// The one that takes most.
    public PlanNode largest() {
        return shares.entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }

    /// @param share of the whole, of the node and all below it
    /// @param amount the same as a time or cost
    /// @param workers that ran it side by side
    private void weigh(PlanNode node, double share, double amount, double workers) {
        double below =
                node.type().startsWith("Gather")
                        ? Math.max(1, node.number("Workers Launched") + 1)
                        : workers;
        List<Double> amounts =
                node.parts().stream().map(part -> amount(part, loops(node, part), below)).toList();
        double sum = amounts.stream().mapToDouble(it -> it).sum();
        // A Limit stops what is below it, and what ran on the way of another counts twice.
        double whole = Math.max(amount, sum);
        double own = share;
        for (int i = 0; i < amounts.size(); i++) {
            double part = whole == 0 ? 0 : share * amounts.get(i) / whole;
            own -= part;
            weigh(node.parts().get(i), part, amounts.get(i), below);
        }
        shares.put(node, Math.max(0, own));
    }

    private double amount(PlanNode node, double loops, double workers) {
        return measured
                ? node.number("Actual Total Time") * node.loops() / workers
                : node.cost() * loops;
    }

    /// How often the planner expects a part to run: the inner side of a nested loop for each row of
    /// the outer.
    private static double loops(PlanNode node, PlanNode part) {
        boolean isInner = part.text("Parent Relationship").equals("Inner");
        return isInner && node.type().equals("Nested Loop")
                ? Math.max(1, node.inputs().getFirst().rows())
                : 1;
    }
}
