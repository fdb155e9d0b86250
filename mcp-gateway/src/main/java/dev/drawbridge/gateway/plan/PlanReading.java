package dev.drawbridge.gateway.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a plan tells, for somebody who does not read plans: what takes most, what went otherwise
/// than the planner thought, and what to try.
public final class PlanReading {
    /// Of the whole, by itself.
    private static final double DOMINATES = 0.3;

    private static final double MANY_LOOPS = 10_000;

    /// What takes less is not worth a change.
    private static final double LITTLE_MS = 1;

    /// The same in the planner's units, of which reading a page costs one: a few pages and their
    /// rows.
    private static final double LITTLE_COST = 10;

    private static final String INTO_THE_WITH =
            "its condition inside the WITH, or NOT MATERIALIZED there";
    private static final double MUCH_PLANNING_MS = 20;

    /// Of the time.
    private static final double MUCH_COMPILATION = 0.2;

    private static final int MOST = 12;

    private final Plan plan;
    private final PlanShares shares;
    private final List<Remark> remarks = new ArrayList<>();

    private PlanReading(Plan plan) {
        this.plan = plan;
        this.shares = PlanShares.of(plan);
    }

    /// The most important first.
    public static List<Remark> of(Plan plan) {
        var reading = new PlanReading(plan);
        reading.dominant();
        reading.remarks.addAll(Misestimates.of(plan));
        plan.root().all().forEach(reading::node);
        reading.whole();
        return reading.remarks.stream().limit(MOST).toList();
    }

    private void dominant() {
        if (plan.isMeasured() ? plan.executionMs() < LITTLE_MS : plan.cost() < LITTLE_COST) {
            return;
        }
        PlanNode largest = shares.largest();
        double share = shares.of(largest);
        if (share >= DOMINATES) {
            String of = shares.areOfTime() ? "time" : "cost";
            add("dominates", largest, percent(share) + " of the " + of, advice(largest));
        }
    }

    private static String advice(PlanNode node) {
        String type = node.type();
        if (type.equals("Seq Scan")) {
            return node.has("Filter")
                    ? "an index for its filter (recommend_indexes judges one)"
                    : "to select fewer rows, or to sum up beforehand";
        }
        if (type.equals("CTE Scan")) {
            return INTO_THE_WITH;
        }
        if (type.equals("Result") || type.equals("ProjectSet") || type.equals("Function Scan")) {
            return "cheaper functions, or fewer calls of them";
        }
        if (type.contains("Sort")) {
            return "an index in that order, or a LIMIT";
        }
        if (type.equals("Nested Loop") || type.contains("Join") || type.equals("Hash")) {
            return "to filter before the join, or an index on the columns it joins by";
        }
        if (type.equals("Aggregate") || type.equals("WindowAgg")) {
            return "to filter earlier, or to sum up beforehand in a materialized view";
        }
        return type.contains("Index") || type.contains("Bitmap")
                ? "a condition that selects less, or an index with all columns that are read"
                : "to make it process fewer rows";
    }

    private void node(PlanNode node) {
        filtered(node);
        spilled(node);
        looped(node);
        rechecked(node);
        fetched(node);
        workers(node);
    }

    /// Rows that are read to be thrown away. Numbers of EXPLAIN are of one loop.
    private void filtered(PlanNode node) {
        double removed =
                (node.number("Rows Removed by Filter") + node.number("Rows Removed by Join Filter"))
                        * node.loops();
        double kept = node.actualRows();
        if (removed >= 1_000 && removed >= 10 * Math.max(1, kept)) {
            String what = "reads " + count(removed + kept) + " rows and keeps " + count(kept);
            boolean isScan = node.type().equals("Seq Scan");
            add(
                    "filtered",
                    node,
                    what,
                    isScan
                            ? "an index for its filter (recommend_indexes judges one)"
                            : node.type().equals("CTE Scan")
                                    ? INTO_THE_WITH
                                    : "the columns of its filter in the index, or the condition in"
                                            + " the join");
        }
    }

    private void spilled(PlanNode node) {
        if (node.text("Sort Space Type").equals("Disk")) {
            double kilobytes = node.number("Sort Space Used");
            add(
                    "spilled",
                    node,
                    "sorts on disk, " + count(kilobytes) + " kB",
                    "a larger work_mem, fewer or shorter columns, or an index in that order");
        }
        if (node.text("Storage").equals("Disk")) {
            add(
                    "spilled",
                    node,
                    "keeps its rows on disk, " + count(node.number("Maximum Storage")) + " kB",
                    "a larger work_mem, or fewer rows and columns to keep");
        }
        double batches = Math.max(node.number("Hash Batches"), node.number("HashAgg Batches"));
        double disk = node.number("Disk Usage");
        if (batches > 1) {
            add(
                    "spilled",
                    node,
                    "hashes in "
                            + count(batches)
                            + " parts through disk"
                            + (disk > 0 ? ", " + count(disk) + " kB" : ""),
                    "a larger work_mem, or fewer rows and columns to hash");
        }
    }

    private void looped(PlanNode node) {
        if (node.text("Parent Relationship").equals("SubPlan") && node.loops() >= MANY_LOOPS) {
            add(
                    "loops",
                    node,
                    "runs " + count(node.loops()) + " times, as a subquery of each row",
                    "a join, or the subquery grouped by what it is asked for");
        }
        if (!node.type().equals("Nested Loop") || node.inputs().size() < 2) {
            return;
        }
        PlanNode inner = node.inputs().get(1);
        double loops = plan.isMeasured() ? inner.loops() : node.inputs().getFirst().rows();
        if (loops >= MANY_LOOPS && !inner.type().equals("Materialize")) {
            add(
                    "loops",
                    node,
                    (plan.isMeasured() ? "starts " : "would start ")
                            + inner.label()
                            + " "
                            + count(loops)
                            + " times",
                    "right estimates, so that it hashes (analyze the tables), or fewer outer rows");
        }
    }

    private void rechecked(PlanNode node) {
        double lossy = node.number("Lossy Heap Blocks");
        double removed = node.number("Rows Removed by Index Recheck") * node.loops();
        if (lossy > 0 && removed >= 1_000) {
            add(
                    "rechecked",
                    node,
                    "its bitmap did not fit: " + count(removed) + " rows were read in vain",
                    "a larger work_mem");
        } else if (removed >= 1_000 && removed >= 10 * Math.max(1, node.actualRows())) {
            add(
                    "rechecked",
                    node,
                    "the index finds " + count(removed) + " rows that do not match",
                    "an index that is exact for the condition");
        }
    }

    private void fetched(PlanNode node) {
        double fetches = node.number("Heap Fetches");
        if (fetches >= 1_000 && fetches * 10 >= node.actualRows()) {
            add(
                    "heap_fetches",
                    node,
                    "goes to the table for "
                            + count(fetches)
                            + " rows, for its pages are not known to be visible to all",
                    "VACUUM of the table, and autovacuum more often");
        }
    }

    private void workers(PlanNode node) {
        double planned = node.number("Workers Planned");
        double launched = node.number("Workers Launched");
        if (plan.isMeasured() && node.loops() > 0 && launched < planned) {
            add(
                    "workers",
                    node,
                    "got %.0f of %.0f workers".formatted(launched, planned),
                    "max_parallel_workers and max_worker_processes, or less at the same time");
        }
    }

    private void whole() {
        double total = plan.executionMs();
        if (total > 0 && plan.compilationMs() >= MUCH_COMPILATION * total) {
            remarks.add(
                    new Remark(
                            "compilation",
                            "",
                            "compiling (JIT) takes "
                                    + percent(plan.compilationMs() / total)
                                    + " of the time",
                            "jit = off, or a higher jit_above_cost"));
        }
        if (total > 0 && plan.planningMs() >= MUCH_PLANNING_MS && plan.planningMs() > total) {
            remarks.add(
                    new Remark(
                            "planning",
                            "",
                            "planning takes longer than running",
                            "a prepared statement, or fewer partitions and joins in it"));
        }
    }

    private void add(String about, PlanNode node, String says, String tries) {
        remarks.add(new Remark(about, node.label(), says, tries));
    }

    static String count(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
