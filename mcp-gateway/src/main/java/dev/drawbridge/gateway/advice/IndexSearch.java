package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.plan.Plan;
import dev.drawbridge.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks for the indexes that save most for their size, one after the other, until the next would
/// save less than a tenth of what is left of the cost of any statement. The rules are those of
/// Dexter and of Microsoft's Database Tuning Advisor.
public final class IndexSearch {
    /// In the planner's unit; a statement that costs less is not worth an index.
    private static final double CHEAP = 100;

    private static final double LEAST = 0.1;
    private static final int MOST = 20;

    /// A table of fewer is read as a whole as fast.
    private static final double FEW_ROWS = 1_000;

    private static final double FEW_PAGES = 16;

    /// What [#skipped] calls all that was not judged any more.
    public static final String REST = "the rest";

    private static final String PARTITIONS =
            " by sequential scans of its partitions, for which no index is judged: it would belong on"
                    + " that table itself";

    /// For one call of the tool.
    private static final long PATIENCE_NS = 25_000_000_000L;

    private final Planner planner;
    private final Judge judge;
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final Map<String, Double> asked = new HashMap<>();
    private final long started = System.nanoTime();

    /// @param planner of the database that is looked at
    public IndexSearch(Planner planner) {
        this.planner = planner;
        var statistics = new StatisticalJudge(planner.costs(), new Selectivities(planner));
        this.judge = planner.hasHypopg() ? new HypotheticalJudge(planner, statistics) : statistics;
    }

    /// Why statements were not looked at, by their names.
    public Map<String, String> skipped() {
        return skipped;
    }

    /// What is worth making, the most saved first.
    public List<Recommendation> recommend(List<Query> queries) {
        List<Query.Planned> planned = planned(queries);
        Set<Candidate> contenders = new LinkedHashSet<>();
        for (Query.Planned query : planned) {
            contenders.addAll(contenders(query));
        }
        List<Candidate> chosen = new ArrayList<>();
        while (chosen.size() < MOST && isInTime()) {
            Candidate best = best(planned, contenders, chosen);
            if (best == null) {
                break;
            }
            chosen.add(best);
            chosen.removeIf(index -> index.isPartOf(best));
            contenders.remove(best);
            contenders.removeIf(index -> index.isPartOf(best));
        }
        withoutNeedless(planned, chosen);
        return chosen.stream()
                .map(index -> recommendation(planned, chosen, index))
                .sorted(
                        Comparator.comparingDouble(it ->
                                -it.queries().stream()
                                        .mapToDouble(Recommendation.Served::saved)
                                        .sum()))
                .toList();
    }

    private boolean isInTime() {
        boolean isInTime = System.nanoTime() - started < PATIENCE_NS;
        if (!isInTime) {
            skipped.put(REST, "the search took too long; give fewer queries");
        }
        return isInTime;
    }

    private List<Query.Planned> planned(List<Query> queries) {
        Map<Query, Plan> plans = new LinkedHashMap<>();
        for (Query query : queries) {
            try {
                plans.put(query, planner.plan(query.sql(), List.of()).plan());
            } catch (UnplannableException refused) {
                skipped.put(query.name(), reason(refused.problem()));
            }
        }
        Map<List<String>, Table> tables =
                planner
                        .tables(
                                plans.values().stream()
                                        .flatMap(plan -> Wishes.tables(plan).stream())
                                        .distinct()
                                        .toList())
                        .stream()
                        .filter(table -> table.rows() >= FEW_ROWS && table.pages() >= FEW_PAGES)
                        .collect(
                                Collectors.toMap(
                                        table -> List.of(table.schema(), table.name()),
                                        table -> table));
        List<Query.Planned> wished = new ArrayList<>();
        plans.forEach((query, plan) -> {
            BiFunction<String, String, @Nullable Table> known =
                    (schema, name) ->
                            plan.cost() < CHEAP ? null : tables.get(List.of(schema, name));
            Wishes.partitioned(plan, known)
                    .ifPresent(table -> skipped.put(query.name(), "reads " + table + PARTITIONS));
            wished.add(new Query.Planned(query, plan, Wishes.of(plan, known), List.of()));
        });
        return withCandidates(wished);
    }

    private List<Query.Planned> withCandidates(List<Query.Planned> wished) {
        Set<String> immutable =
                Set.copyOf(
                        planner.immutable(
                                wished.stream()
                                        .flatMap(query -> query.wishes().stream())
                                        .flatMap(Candidates::functions)
                                        .distinct()
                                        .toList()));
        return wished.stream()
                .map(query ->
                        query.with(
                                query.wishes().stream()
                                        .flatMap(wish -> Candidates.of(wish, immutable).stream())
                                        .distinct()
                                        .toList()))
                .toList();
    }

    private static String reason(Problem problem) {
        return switch (problem) {
            case Problem.QueryRejected rejected -> rejected.reason();
            case Problem.Database error -> error.message();
            default -> problem.code();
        };
    }

    /// Those that would be used, and what is simpler or smaller than them: it may do nearly as
    /// well.
    private Set<Candidate> contenders(Query.Planned query) {
        List<Candidate> used;
        try {
            used = isInTime() ? judge.used(query) : List.of();
        } catch (UnplannableException refused) {
            skipped.put(query.query().name(), reason(refused.problem()));
            return Set.of();
        }
        return Stream.concat(
                        used.stream(),
                        query.candidates().stream()
                                .filter(it ->
                                        !it.where().isEmpty()
                                                || used.stream().anyMatch(it::isPartOf)))
                .filter(it -> it.where().isEmpty() || judge.share(it) <= HypotheticalJudge.MUCH)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private @Nullable Candidate best(
            List<Query.Planned> planned, Set<Candidate> contenders, List<Candidate> chosen) {
        Candidate best = null;
        double most = 0;
        for (Candidate candidate : contenders) {
            double saved = saved(planned, chosen, candidate);
            double score = saved / candidate.bytes(judge.share(candidate));
            if (score > most) {
                best = candidate;
                most = score;
            }
        }
        return best;
    }

    /// What an index saves beside others, where it is worth it.
    private double saved(List<Query.Planned> planned, List<Candidate> others, Candidate candidate) {
        List<Candidate> with = Stream.concat(others.stream(), Stream.of(candidate)).toList();
        double saved = 0;
        for (Query.Planned query : planned) {
            if (query.reads(candidate.table()) && isInTime()) {
                double before = cost(query, others);
                double after = cost(query, with);
                if (before >= CHEAP && before - after >= LEAST * before) {
                    saved += query.query().calls() * (before - after);
                }
            }
        }
        return saved;
    }

    private double cost(Query.Planned query, List<Candidate> indexes) {
        List<Candidate> own =
                indexes.stream()
                        .filter(index -> query.reads(index.table()))
                        .sorted(Comparator.comparing(Candidate::sql))
                        .toList();
        String key =
                query.query().name()
                        + own.stream().map(Candidate::sql).collect(Collectors.joining());
        Double known = asked.get(key);
        if (known == null) {
            known = judge.cost(query, own);
            asked.put(key, known);
        }
        return known;
    }

    /// Takes away what later ones have made needless.
    private void withoutNeedless(List<Query.Planned> planned, List<Candidate> chosen) {
        for (Candidate index : List.copyOf(chosen)) {
            List<Candidate> others = chosen.stream().filter(it -> !it.equals(index)).toList();
            if (saved(planned, others, index) <= 0) {
                chosen.remove(index);
            }
        }
    }

    private Recommendation recommendation(
            List<Query.Planned> planned, List<Candidate> chosen, Candidate index) {
        List<Candidate> others = chosen.stream().filter(it -> !it.equals(index)).toList();
        List<Recommendation.Served> served = new ArrayList<>();
        for (Query.Planned query : planned) {
            if (query.reads(index.table()) && cost(query, others) > cost(query, chosen)) {
                served.add(
                        new Recommendation.Served(
                                query.query().name(),
                                query.query().calls(),
                                query.cost(),
                                cost(query, chosen)));
            }
        }
        served.sort(Comparator.comparingDouble(it -> -it.saved()));
        boolean isPlanners = planner.hasHypopg() && HypotheticalJudge.knows(index);
        return new Recommendation(index, served, isPlanners, index.bytes(judge.share(index)));
    }
}
