package dev.drawbridge.gateway.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the planner was wrong about rows, by how much, and why it may have been. Told of the
/// lowest nodes, for what is wrong there is carried on upwards.
final class Misestimates {
    private static final double WRONG = 10;

    /// Rows; fewer are not worth a word.
    private static final double FEW = 100;

    private static final int MOST = 3;

    private static final Pattern PATTERN = Pattern.compile("!?~~\\*?|(?<![<>=!])!?~\\*? ");

    /// A function, which statistics know nothing of, and no cast or array.
    private static final Pattern CALL = Pattern.compile("\\b(?!ANY\\b|ALL\\b|AND\\b|OR\\b)\\w+\\(");

    /// These end before all their rows are asked for.
    private static final Set<String> HURRIED = Set.of("Limit", "Merge Join");

    /// These take all rows of what is below them, whoever stops above.
    private static final Set<String> PATIENT = Set.of("Sort", "Hash", "Aggregate", "Materialize");

    private final List<Remark> remarks = new ArrayList<>();

    private Misestimates() {}

    static List<Remark> of(Plan plan) {
        var all = new Misestimates();
        all.look(plan.root(), false);
        return all.remarks.stream().limit(MOST).toList();
    }

    /// @param hurried whether it may have been stopped before its last row
    /// @return whether it was wrong here or below
    private boolean look(PlanNode node, boolean hurried) {
        boolean below = false;
        for (PlanNode part : node.parts()) {
            below |= look(part, isHurried(node, part, hurried));
        }
        double planned = Math.max(1, node.rows());
        double actual = Math.max(1, node.number("Actual Rows"));
        boolean wrong =
                node.loops() > 0
                        && (actual / planned >= WRONG || (planned / actual >= WRONG && !hurried))
                        && Math.max(actual, planned) * node.loops() >= FEW;
        if (wrong && !below && !node.type().startsWith("Bitmap Index")) {
            remarks.add(remark(node, planned, actual));
        }
        return below || (wrong && !node.type().startsWith("Bitmap Index"));
    }

    private static boolean isHurried(PlanNode node, PlanNode part, boolean hurried) {
        if (HURRIED.contains(node.type())) {
            return true;
        }
        String join = node.text("Join Type");
        boolean firstMatchDoes =
                part.text("Parent Relationship").equals("Inner")
                        && (join.equals("Semi")
                                || join.equals("Anti")
                                || Boolean.TRUE.equals(node.facts().getValue("Inner Unique")));
        return firstMatchDoes || (hurried && !PATIENT.contains(node.type()));
    }

    private static Remark remark(PlanNode node, double planned, double actual) {
        double times = Math.max(actual / planned, planned / actual);
        String says =
                "%s rows where %s were expected, %s times %s"
                        .formatted(
                                PlanReading.count(actual),
                                PlanReading.count(planned),
                                PlanReading.count(times),
                                actual > planned ? "more" : "fewer");
        String conditions = String.join(" ", conditions(node));
        if (conditions.contains(" AND ")) {
            return new Remark(
                    "misestimated",
                    node.label(),
                    says + ", for conditions count as independent of each other",
                    "CREATE STATISTICS on the columns of its conditions, then ANALYZE");
        }
        if (PATTERN.matcher(conditions).find() || CALL.matcher(conditions).find()) {
            return new Remark(
                    "misestimated",
                    node.label(),
                    says + ", for a pattern or an expression is guessed",
                    "CREATE STATISTICS on the expression, or an index on it, then ANALYZE");
        }
        return new Remark(
                "misestimated",
                node.label(),
                says
                        + (node.type().contains("Scan")
                                ? ", for statistics are old or too coarse"
                                : ", for how values meet is not in the statistics"),
                "ANALYZE of the tables, or a higher statistics target of the columns");
    }

    private static List<String> conditions(PlanNode node) {
        return Stream.of("Index Cond", "Recheck Cond", "Filter", "Hash Cond", "Merge Cond")
                .map(node::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
