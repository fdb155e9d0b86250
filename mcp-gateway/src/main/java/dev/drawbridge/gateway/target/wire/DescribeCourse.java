package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.RowContext;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A statement that is prepared and not run, in one flight.
final class DescribeCourse implements Course {
    private final RowContext who;
    private final String sql;
    private final AnswerBudget budget;

    DescribeCourse(RowContext who, String sql, AnswerBudget budget) {
        this.who = who;
        this.sql = sql;
        this.budget = budget;
    }

    @Override
    public Flight first(Runnable landed) {
        var identity = Step.of(who.sql(), who.parameters(), 0);
        return new Flight(List.of(identity, Step.described(sql)), 1, _ -> true, budget, landed);
    }

    @Override
    public @Nullable Flight next(Flight before, boolean cancelled, Runnable landed) {
        return null;
    }

    @Override
    public boolean mayBeStopped() {
        return true;
    }

    @Override
    public boolean leavesNothing(Flight last) {
        return last.ended();
    }
}
