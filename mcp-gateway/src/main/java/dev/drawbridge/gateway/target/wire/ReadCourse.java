package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Staging;
import dev.drawbridge.gateway.target.Statement;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A read: one flight, or the same once more when nothing has run.
final class ReadCourse implements Course {
    private static final String PAGE = "drawbridge_page";
    private static final String STAGE = "drawbridge_stage";

    private final RowSink sink;
    private final AnswerBudget budget;
    private Plan plan;
    private boolean again;

    /// @param budget what the answer may take
    ReadCourse(RowContext who, Statement statement, RowSink sink, AnswerBudget budget) {
        this(who, Staging.NONE, statement, sink, budget);
    }

    /// The same, with what the session is to remember meanwhile.
    ///
    /// @param statement of one page
    ReadCourse(
            RowContext who,
            Staging staging,
            Statement statement,
            RowSink sink,
            AnswerBudget budget) {
        this.sink = sink;
        this.budget = budget;
        this.plan =
                staging.before().isEmpty()
                        ? Plan.of(who, statement)
                        : Plan.staged(who, staging, statement, sink);
    }

    /// What runs in the transaction.
    ///
    /// @param steps in order; the rows of the last one are wanted
    /// @param asked which of them is the caller's, with the caller's parameters
    /// @param undo what ends it after a failure; empty where a ROLLBACK does
    private record Plan(List<Step> steps, int asked, String undo) {
        static Plan of(RowContext who, Statement statement) {
            var identity = Step.of(who.sql(), who.parameters(), 0);
            int fetch = statement.limit() + 1;
            if (statement.skip() == 0) {
                var asked = Step.of(statement.sql(), statement.parameters(), fetch);
                return statement.settings().isEmpty()
                        ? new Plan(List.of(identity, asked), 1, "")
                        : new Plan(List.of(identity, settings(statement.settings()), asked), 2, "");
            }
            // A cursor lets the server pass over rows without sending them, whatever the statement
            // is.
            String move = "MOVE FORWARD " + statement.skip() + " IN " + PAGE;
            String next = "FETCH FORWARD " + fetch + " FROM " + PAGE;
            return new Plan(
                    List.of(
                            identity,
                            Step.once(declaration() + statement.sql(), statement.parameters()),
                            Step.once(move, List.of()),
                            Step.once(next, List.of())),
                    1,
                    "");
        }

        static Plan staged(RowContext who, Staging staging, Statement statement, RowSink sink) {
            List<Step> steps = new ArrayList<>();
            steps.add(Step.of(who.sql(), who.parameters(), 0));
            steps.add(Step.of("SAVEPOINT " + STAGE));
            for (Staging.Own own : staging.before()) {
                steps.add(Step.once(own.sql(), own.parameters()).into(sink));
            }
            int asked = steps.size();
            steps.add(Step.once(statement.sql(), statement.parameters()));
            staging.after().forEach(sql -> steps.add(Step.once(sql, List.of())));
            String undo =
                    "ROLLBACK TO "
                            + STAGE
                            + "; "
                            + String.join("; ", staging.after())
                            + "; "
                            + Flight.ROLLBACK;
            return new Plan(List.copyOf(steps), asked, undo);
        }

        /// Behind the identity, which they are not to touch.
        private static Step settings(Map<String, String> settings) {
            List<@Nullable Object> values = new ArrayList<>();
            List<String> calls = new ArrayList<>();
            settings.forEach((name, value) -> {
                values.add(name);
                values.add(value);
                calls.add("set_config($%d, $%d, true)".formatted(values.size() - 1, values.size()));
            });
            return Step.of("select " + String.join(", ", calls), values, 0);
        }

        boolean isAmbiguous() {
            return TextParameters.ambiguous(steps.get(asked).parameters());
        }

        /// The same, the types of the caller's parameters being known.
        Plan typed(List<Integer> types) {
            List<Step> typed = new ArrayList<>(steps);
            typed.set(asked, steps.get(asked).typed(types));
            return new Plan(List.copyOf(typed), asked, undo);
        }
    }

    /// What stands before the caller's text on a later page.
    static String declaration() {
        return "DECLARE " + PAGE + " NO SCROLL CURSOR FOR ";
    }

    @Override
    public Flight first(Runnable landed) {
        return plan.undo().isEmpty()
                ? new Flight(plan.steps(), plan.asked(), sink, budget, landed)
                : Flight.staged(plan.steps(), plan.asked(), plan.undo(), sink, budget, landed);
    }

    /// Once, when nothing has run: the types of the parameters are known now and change what a list
    /// is sent as, or the statement's plan was too old.
    @Override
    public @Nullable Flight next(Flight before, boolean cancelled, Runnable landed) {
        if (again || cancelled || !before.ended()) {
            return null;
        }
        boolean retyped = before.failedToBind() && plan.isAmbiguous();
        if (!retyped && !TargetFailures.isOutdatedPlan(before.failure())) {
            return null;
        }
        again = true;
        plan = plan.typed(before.parameterTypes());
        return first(landed);
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
