package dev.drawbridge.gateway.advice;

import java.util.List;

/// Says what a statement would cost with indexes that are not there.
sealed interface Judge permits HypotheticalJudge, StatisticalJudge {
    /// In the planner's unit.
    double cost(Query.Planned query, List<Candidate> indexes);

    /// Those that would be used, if all candidates of the statement were there.
    List<Candidate> used(Query.Planned query);

    /// Which part of its table's rows an index holds.
    double share(Candidate candidate);
}
