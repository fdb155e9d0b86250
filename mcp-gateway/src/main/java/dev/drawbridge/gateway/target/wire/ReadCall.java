package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.sqlclient.Tuple;

import java.time.Duration;
import java.util.List;

/// One statement on one session: sends the flight, stops it when nobody waits any more, and decides
/// whether the session may serve another caller.
final class ReadCall {
    /// After its own timeout the server gets this long to say so, then we hang up.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final String PAGE = "drawbridge_page";

    private final Session session;
    private final Flight flight;
    private final WireBudget budget;
    private volatile boolean cancelled;
    private volatile boolean done;

    ReadCall(
            ContextInternal context,
            Session session,
            RowContext who,
            Statement statement,
            RowSink sink) {
        this.session = session;
        this.budget = session.budget();
        var prologue = new Flight.Step(who.sql(), Tuple.wrap(who.values().toArray()));
        var parameters = new JsonParameters(statement.parameters());
        int fetch = statement.limit() + 1;
        this.flight =
                statement.skip() == 0
                        ? new Flight(
                                context,
                                List.of(prologue),
                                new Flight.Step(statement.sql(), parameters),
                                fetch,
                                sink)
                        : laterPage(context, prologue, statement, parameters, fetch, sink);
    }

    /// A cursor lets the server pass over rows without sending them, whatever the statement is.
    private static Flight laterPage(
            ContextInternal context,
            Flight.Step prologue,
            Statement statement,
            Tuple parameters,
            int fetch,
            RowSink sink) {
        return new Flight(
                context,
                List.of(
                        prologue,
                        new Flight.Step(declaration() + statement.sql(), parameters),
                        new Flight.Step(
                                "MOVE FORWARD " + statement.skip() + " IN " + PAGE, Tuple.tuple())),
                new Flight.Step("FETCH FORWARD " + fetch + " FROM " + PAGE, Tuple.tuple()),
                0,
                sink);
    }

    /// What stands before the caller's text on a later page.
    static String declaration() {
        return "DECLARE " + PAGE + " NO SCROLL CURSOR FOR ";
    }

    /// Whether a statement means the same in every transaction, so that a session may keep it
    /// prepared. What a FETCH returns depends on the cursor.
    static boolean reusable(String sql) {
        return !sql.startsWith("DECLARE ") && !sql.startsWith("FETCH ") && !sql.startsWith("MOVE ");
    }

    /// Runs it. Completes with the flight when the session is free again or gone; never fails.
    Future<Flight> run(Vertx vertx, CancelSignal signal, Duration timeout, long bytes) {
        budget.start(bytes);
        long deadline = vertx.setTimer(timeout.plus(GRACE).toMillis(), _ -> session.destroy());
        signal.onCancel(() -> cancel(vertx));
        return flight.depart(session)
                .transform(_ -> {
                    done = true;
                    vertx.cancelTimer(deadline);
                    budget.start(Long.MAX_VALUE);
                    return mayBeReused() ? session.release() : session.destroy();
                })
                .transform(_ -> Future.succeededFuture(flight));
    }

    /// Whether the byte budget ended the answer.
    boolean cut() {
        return budget.exceeded();
    }

    private void cancel(Vertx vertx) {
        if (!done) {
            cancelled = true;
            session.cancel();
            vertx.setTimer(
                    GRACE.toMillis(),
                    _ -> {
                        if (!done) {
                            session.destroy();
                        }
                    });
        }
    }

    /// Never after a cancel, which may arrive late and hit the next caller; never when the
    /// transaction is not known to be over; never when the server has forgotten what the session
    /// believes to be prepared (26000).
    private boolean mayBeReused() {
        return !cancelled && flight.ended() && !TargetFailures.poisons(flight.failure());
    }
}
