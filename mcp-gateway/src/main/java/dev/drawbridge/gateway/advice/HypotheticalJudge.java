package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.plan.PlanNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The planner's own word, by HypoPG; of what HypoPG does not know (GIN), what statistics say.
final class HypotheticalJudge implements Judge {
    /// An index that finds a larger part of the table is not worth what it costs to keep.
    static final double MUCH = 0.2;

    private static final int MOST = 40;

    private final Planner planner;
    private final StatisticalJudge statistics;

    HypotheticalJudge(Planner planner, StatisticalJudge statistics) {
        this.planner = planner;
        this.statistics = statistics;
    }

    /// Whether it is the planner's word.
    static boolean knows(Candidate index) {
        return !index.method().equals("gin");
    }

    @Override
    public double cost(Query.Planned query, List<Candidate> indexes) {
        List<Candidate> known = indexes.stream().filter(HypotheticalJudge::knows).toList();
        List<Candidate> others = indexes.stream().filter(it -> !knows(it)).toList();
        double cost = known.isEmpty() ? query.cost() : ask(query, known).plan().cost();
        return others.isEmpty() ? cost : Math.min(cost, statistics.cost(query, others));
    }

    private Planner.Answer ask(Query.Planned query, List<Candidate> indexes) {
        return planner.plan(query.query().sql(), indexes.stream().map(Candidate::sql).toList());
    }

    /// One that HypoPG does not take spoils the question for all, so then only plain ones are
    /// offered.
    @Override
    public List<Candidate> used(Query.Planned query) {
        List<Candidate> all =
                query.candidates().stream().filter(HypotheticalJudge::knows).limit(MOST).toList();
        List<Candidate> others = query.candidates().stream().filter(it -> !knows(it)).toList();
        return Stream.concat(
                        all.isEmpty() ? Stream.of() : offered(query, all).stream(),
                        statistics.used(query.with(others)).stream())
                .toList();
    }

    private List<Candidate> offered(Query.Planned query, List<Candidate> all) {
        try {
            return used(ask(query, all), all);
        } catch (UnplannableException refused) {
            List<Candidate> plain =
                    all.stream()
                            .filter(it -> it.keys().stream().noneMatch(key -> key.contains("(")))
                            .toList();
            if (plain.isEmpty() || plain.size() == all.size()) {
                throw refused;
            }
            return used(ask(query, plain), plain);
        }
    }

    private static List<Candidate> used(Planner.Answer answer, List<Candidate> offered) {
        Set<String> names =
                answer.plan()
                        .root()
                        .all()
                        .map(node -> node.text("Index Name"))
                        .collect(Collectors.toSet());
        List<Candidate> used = new ArrayList<>();
        for (int i = 0; i < offered.size(); i++) {
            if (names.contains(answer.created().get(i))
                    && !findsMuch(answer, answer.created().get(i), offered.get(i).table())) {
                used.add(offered.get(i));
            }
        }
        return used;
    }

    private static boolean findsMuch(Planner.Answer answer, String index, Table table) {
        boolean isLimited =
                answer.plan().root().all().anyMatch(node -> node.type().equals("Limit"));
        return !isLimited
                && answer.plan()
                        .root()
                        .all()
                        .filter(node -> node.text("Index Name").equals(index))
                        .mapToDouble(PlanNode::rows)
                        .anyMatch(rows -> rows > MUCH * table.rows());
    }

    @Override
    public double share(Candidate candidate) {
        return statistics.share(candidate);
    }
}
