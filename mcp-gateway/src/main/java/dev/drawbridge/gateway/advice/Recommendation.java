package dev.drawbridge.gateway.advice;

import java.util.List;

/// An index that is worth making.
///
/// @param queries that it makes faster, the most saved first
/// @param isPlanners whether the planner itself said so; else it is estimated
/// @param bytes about how large it would be
public record Recommendation(
        Candidate index, List<Served> queries, boolean isPlanners, long bytes) {

    /// What it does for a statement.
    ///
    /// @param before what it costs as it is, in the planner's unit
    /// @param after the same with all recommended indexes
    public record Served(String query, double calls, double before, double after) {
        public double saved() {
            return calls * (before - after);
        }
    }

    /// The part of the cost that it saves, of the statements that it serves.
    public double improvement() {
        double before = queries.stream().mapToDouble(it -> it.calls() * it.before()).sum();
        double saved = queries.stream().mapToDouble(Served::saved).sum();
        return before <= 0 ? 0 : saved / before;
    }
}
