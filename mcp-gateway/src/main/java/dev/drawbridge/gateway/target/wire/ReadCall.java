package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One statement on one session: sends the flight, stops it when nobody waits any more, and decides
/// whether the session may serve another caller. All of it on the session's event loop.
final class ReadCall {
    /// After its own timeout the server gets this long to say so, then we hang up.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final String PAGE = "drawbridge_page";

    private final Vertx vertx;
    private final Session session;
    private final RowSink sink;
    private final AnswerBudget budget;
    private final Promise<Flight> answer;
    private Plan plan;
    private Flight flight;
    private boolean again;
    private boolean cancelled;
    private boolean done;

    /// @param budget what the answer may take
    ReadCall(Vertx vertx, Session session, Plan plan, RowSink sink, AnswerBudget budget) {
        this.vertx = vertx;
        this.session = session;
        this.sink = sink;
        this.budget = budget;
        this.answer = Promise.promise();
        this.plan = plan;
        this.flight = flight();
    }

    /// What runs in the transaction.
    ///
    /// @param steps in order; the rows of the last one are wanted
    /// @param asked which of them is the caller's, with the caller's parameters
    record Plan(List<Flight.Step> steps, int asked) {
        static Plan of(RowContext who, Statement statement) {
            var identity = Flight.Step.of(who.sql(), List.copyOf(who.values()), 0);
            int fetch = statement.limit() + 1;
            if (statement.skip() == 0) {
                return new Plan(
                        List.of(
                                identity,
                                Flight.Step.of(statement.sql(), statement.parameters(), fetch)),
                        1);
            }
            // A cursor lets the server pass over rows without sending them, whatever the statement
            // is.
            String move = "MOVE FORWARD " + statement.skip() + " IN " + PAGE;
            String next = "FETCH FORWARD " + fetch + " FROM " + PAGE;
            return new Plan(
                    List.of(
                            identity,
                            Flight.Step.once(
                                    declaration() + statement.sql(), statement.parameters()),
                            Flight.Step.once(move, List.of()),
                            Flight.Step.once(next, List.of())),
                    1);
        }

        boolean isAmbiguous() {
            return TextParameters.ambiguous(steps.get(asked).parameters());
        }

        /// The same, the types of the caller's parameters being known.
        Plan typed(List<Integer> types) {
            List<Flight.Step> typed = new ArrayList<>(steps);
            typed.set(asked, steps.get(asked).typed(types));
            return new Plan(List.copyOf(typed), asked);
        }
    }

    /// What stands before the caller's text on a later page.
    static String declaration() {
        return "DECLARE " + PAGE + " NO SCROLL CURSOR FOR ";
    }

    /// Runs it. Completes with the flight when the session is free again or gone; never fails.
    Future<Flight> run(CancelSignal signal, Duration timeout) {
        long deadline = vertx.setTimer(timeout.plus(GRACE).toMillis(), _ -> hangUp());
        signal.onCancel(() -> session.inOrder(this::cancel));
        session.inOrder(() -> session.depart(flight));
        return answer.future().onComplete(_ -> vertx.cancelTimer(deadline));
    }

    private Flight flight() {
        return new Flight(plan.steps(), plan.asked(), sink, budget, this::landed);
    }

    private void landed() {
        if (mayFlyAgain()) {
            again = true;
            plan = plan.typed(flight.parameterTypes());
            flight = flight();
            session.depart(flight);
            return;
        }
        done = true;
        Future<Void> free = mayBeReused() ? session.release() : session.destroy();
        free.onComplete(_ -> answer.complete(flight));
    }

    /// Once, when nothing has run: the types of the parameters are known now and change what a list
    /// is sent as, or the statement's plan was too old.
    private boolean mayFlyAgain() {
        if (again || cancelled || !flight.ended()) {
            return false;
        }
        boolean retyped = flight.failedToBind() && plan.isAmbiguous();
        return retyped || TargetFailures.isOutdatedPlan(flight.failure());
    }

    /// Decided where it is decided whether the session is free: a cancel never begins once it is.
    private void cancel() {
        if (!done) {
            cancelled = true;
            session.cancel();
            vertx.setTimer(GRACE.toMillis(), _ -> hangUp());
        }
    }

    private void hangUp() {
        session.inOrder(() -> {
            if (!done) {
                session.destroy();
            }
        });
    }

    /// Never after a cancel, which may arrive late and hit the next caller; never when the
    /// transaction is not known to be over; never when the server has forgotten what the session
    /// believes to be prepared (26000).
    private boolean mayBeReused() {
        return !cancelled && flight.ended() && !TargetFailures.poisons(flight.failure());
    }
}
