package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.advice.Condition.Kind;
import dev.drawbridge.gateway.plan.PlanNode;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What one scan of a plan would like an index for.
///
/// @param conditions of the rows alone
/// @param joins equalities with columns of other tables, seen from this one
/// @param order keys that its rows are sorted by, as an index would have them; empty for none
/// @param limit rows after which the sorted ones are enough; 0 for all
/// @param sortCost what sorting costs above the scan
/// @param needed columns that are read of it
record Wish(
        Table table,
        String alias,
        PlanNode scan,
        List<Condition> conditions,
        List<Join> joins,
        List<String> order,
        double limit,
        double sortCost,
        Set<String> needed) {

    /// A join of this table with others.
    ///
    /// @param outerRows how many rows of the others look for rows of this one
    /// @param outerCost what it costs to have those
    /// @param cost of the join as it is
    record Join(Condition condition, double outerRows, double outerCost, double cost) {}

    Stream<Condition> of(Kind... kinds) {
        Set<Kind> wanted = Set.of(kinds);
        return conditions.stream().filter(condition -> wanted.contains(condition.kind()));
    }
}
