package dev.drawbridge.gateway.advice;

import dev.drawbridge.gateway.plan.Plan;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;

import java.util.List;

/// A statement that is to be made faster.
///
/// @param name what it is called in the answer
/// @param calls how often it runs, as a weight
public record Query(String name, ReadOnlySql sql, double calls) {

    /// With its plan as it is.
    record Planned(Query query, Plan plan, List<Wish> wishes, List<Candidate> candidates) {
        double cost() {
            return plan.cost();
        }

        Planned with(List<Candidate> judged) {
            return new Planned(query, plan, wishes, judged);
        }

        boolean reads(Table table) {
            return wishes.stream().anyMatch(wish -> wish.table().equals(table));
        }
    }
}
