package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.advice.Condition.Kind;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// PostgreSQL's formulas for the cost of an index scan (costsize.c), with the planner's estimates
/// of how much each condition selects. For where HypoPG is not: nearer to the truth than a rule of
/// thumb, and no more than an estimate of an estimate.
final class StatisticalJudge implements Judge {
    private static final double PAGE = 8_192;

    /// Of the pages of a table that are not known to be visible to all.
    private static final double UNSURE = 0.1;

    private static final double DESCENT = 0.3;

    /// What is left of the order of the first key where there are more (btcostestimate).
    private static final double MIXED = 0.75;

    private final Planner.Costs costs;
    private final Selectivities selectivities;

    StatisticalJudge(Planner.Costs costs, Selectivities selectivities) {
        this.costs = costs;
        this.selectivities = selectivities;
    }

    /// How an index serves a wish.
    ///
    /// @param selected part of the rows that it finds
    /// @param isOrdered whether they come in the order that is wished
    private record Use(double selected, boolean isOrdered, int conditions) {}

    @Override
    public double cost(Query.Planned query, List<Candidate> indexes) {
        double saved = 0;
        for (Wish wish : query.wishes()) {
            saved += indexes.stream().mapToDouble(index -> saving(wish, index)).max().orElse(0);
        }
        return Math.max(DESCENT, query.cost() - saved);
    }

    @Override
    public List<Candidate> used(Query.Planned query) {
        Set<Candidate> used = new LinkedHashSet<>();
        for (Wish wish : query.wishes()) {
            query.candidates().stream()
                    .filter(candidate -> saving(wish, candidate) > 0)
                    .max(Comparator.comparingDouble(candidate -> saving(wish, candidate)))
                    .ifPresent(used::add);
        }
        return List.copyOf(used);
    }

    @Override
    public double share(Candidate candidate) {
        return selectivities.ofPredicate(candidate);
    }

    private double saving(Wish wish, Candidate index) {
        if (!wish.table().equals(index.table()) || !holds(wish, index)) {
            return 0;
        }
        double best = alone(wish, index);
        for (Wish.Join join : wish.joins()) {
            Optional<Use> use = use(wish, index, join.condition());
            if (use.isPresent()) {
                double probed = join.outerCost() + join.outerRows() * scan(wish, index, use.get());
                best = Math.max(best, join.cost() - probed);
            }
        }
        return Math.max(0, best);
    }

    private double alone(Wish wish, Candidate index) {
        Use use = use(wish, index, null).orElse(null);
        if (use == null) {
            return 0;
        }
        double cost = scan(wish, index, use);
        boolean isStopped = use.isOrdered() && wish.limit() > 0;
        if (isStopped) {
            cost *= Math.min(1, wish.limit() / Math.max(1, wish.scan().rows()));
        } else if (use.selected() > HypotheticalJudge.MUCH) {
            return 0;
        }
        return wish.scan().cost() + (use.isOrdered() ? wish.sortCost() : 0) - cost;
    }

    /// Whether all rows that are asked for are in the index.
    private static boolean holds(Wish wish, Candidate index) {
        return index.where().isEmpty()
                || wish.conditions().stream()
                        .anyMatch(it -> it.isConstant() && it.unqualified().equals(index.where()));
    }

    /// @param join that looks for rows of the wish; null for none
    /// @return empty when the index is of no use for it
    private Optional<Use> use(Wish wish, Candidate index, @Nullable Condition join) {
        double selected = selectivities.ofPredicate(index);
        int matched = 0;
        boolean isJoined = join == null;
        for (String key : index.keys()) {
            String bare = Candidate.bare(key);
            List<Condition> equal = on(wish, bare, Kind.EQUAL);
            if (join != null && join.side().key().equals(bare)) {
                selected *= selectivities.of(wish.table(), join);
                isJoined = true;
            } else if (!equal.isEmpty()) {
                selected *= selected(wish, index, equal.getFirst());
            } else {
                List<Condition> last = on(wish, bare, last(index, key));
                for (Condition condition : last) {
                    selected *= selected(wish, index, condition);
                }
                boolean isOrdered = isOrdered(wish, index, matched);
                boolean isUsed = matched > 0 || !last.isEmpty() || !index.where().isEmpty();
                return isJoined && (isUsed || (isOrdered && wish.limit() > 0))
                        ? Optional.of(new Use(selected, isOrdered, matched + last.size()))
                        : Optional.empty();
            }
            matched++;
        }
        return isJoined
                ? Optional.of(new Use(selected, isOrdered(wish, index, matched), matched))
                : Optional.empty();
    }

    /// Of the rows that the index holds: what its own condition says takes none of them away.
    private double selected(Wish wish, Candidate index, Condition condition) {
        return condition.unqualified().equals(index.where())
                ? 1
                : selectivities.of(wish.table(), condition);
    }

    private static Kind last(Candidate index, String key) {
        if (index.method().equals("gin")) {
            return Kind.CONTAINS;
        }
        return key.endsWith("text_pattern_ops") ? Kind.PREFIX : Kind.RANGE;
    }

    private static List<Condition> on(Wish wish, String key, Kind kind) {
        return wish.of(kind).filter(condition -> condition.side().key().equals(key)).toList();
    }

    /// @param equal how many keys lead that are equal in all rows
    private static boolean isOrdered(Wish wish, Candidate index, int equal) {
        List<String> rest =
                index.keys().subList(Math.min(equal, index.keys().size()), index.keys().size());
        return !wish.order().isEmpty()
                && isOneRun(wish, index.keys().subList(0, index.keys().size() - rest.size()))
                && index.method().equals("btree")
                && rest.size() >= wish.order().size()
                && rest.subList(0, wish.order().size()).equals(wish.order());
    }

    private static boolean isOneRun(Wish wish, List<String> equal) {
        return equal.stream()
                .flatMap(key -> on(wish, Candidate.bare(key), Kind.EQUAL).stream())
                .noneMatch(Condition::isOfSeveral);
    }

    /// cost_index, and cost_bitmap_heap_scan where rows lie apart.
    private double scan(Wish wish, Candidate index, Use use) {
        Table table = wish.table();
        double rows = Math.max(1, table.rows() * use.selected());
        double indexPages = index.bytes(selectivities.ofPredicate(index)) / PAGE;
        double part =
                Math.min(1, rows / Math.max(1, table.rows() * selectivities.ofPredicate(index)));
        double inIndex =
                DESCENT
                        + costs.randomPage() * Math.ceil(indexPages * part)
                        + rows * (costs.cpuIndexTuple() + costs.cpuOperator() * use.conditions());
        double pages = Math.max(1, table.pages());
        // Mackert and Lohman: pages that so many rows lie in.
        double apart = Math.min(pages, 2 * pages * rows / (2 * pages + rows));
        double perPage =
                costs.randomPage()
                        - (costs.randomPage() - costs.seqPage()) * Math.sqrt(apart / pages);
        double together = costs.randomPage() + costs.seqPage() * (pages * use.selected() - 1);
        double correlation =
                table.column(Candidate.unquoted(Candidate.bare(index.keys().getFirst())))
                        .correlation();
        double ordered = index.keys().size() > 1 ? MIXED * correlation : correlation;
        double square = ordered * ordered;
        double inTable = apart * perPage * (1 - square) + Math.max(0, together) * square;
        if (index.held().containsAll(wish.needed().stream().map(Candidate::unquoted).toList())) {
            inTable *= UNSURE;
        }
        int filters = Math.max(0, wish.conditions().size() - use.conditions());
        return inIndex + inTable + rows * (costs.cpuTuple() + costs.cpuOperator() * filters);
    }
}
