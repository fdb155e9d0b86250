package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.CancelSignal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.time.Duration;

/// One call on one session: sends flight after flight, stops when nobody waits any more, and
/// decides whether the session may serve another caller. All of it on the session's event loop.
final class SessionCall {
    /// After its own timeout the server gets this long to say so, then we hang up.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Lease lease;
    private final Session session;
    private final Course course;
    private final long patienceMs;
    private final Promise<Flight> answer = Promise.promise();
    private Flight flight;
    private long deadline;
    private boolean cancelled;
    private boolean done;

    /// @param timeout of each statement
    SessionCall(Vertx vertx, Lease lease, Course course, Duration timeout) {
        this.vertx = vertx;
        this.lease = lease;
        this.session = lease.session();
        this.course = course;
        this.patienceMs = timeout.plus(GRACE).toMillis();
        this.flight = course.first(this::landed);
    }

    /// Runs it. Completes with the last flight when the session is free again or gone; never fails.
    Future<Flight> run(CancelSignal signal) {
        deadline = vertx.setTimer(patienceMs, _ -> hangUp());
        signal.onCancel(() -> session.inOrder(this::cancel));
        session.inOrder(() -> {
            session.serves(this);
            session.depart(flight);
        });
        return answer.future();
    }

    private void landed() {
        vertx.cancelTimer(deadline);
        Flight next = course.next(flight, cancelled, this::landed);
        if (next != null) {
            flight = next;
            deadline = vertx.setTimer(patienceMs, _ -> hangUp());
            session.depart(flight);
            return;
        }
        done = true;
        session.serves(null);
        if (mayBeReused()) {
            lease.release();
        } else {
            lease.discard();
        }
        answer.complete(flight);
    }

    /// Decided where it is decided whether the session is free: a cancel never begins once it is.
    private void cancel() {
        if (done) {
            return;
        }
        cancelled = true;
        if (course.mayBeStopped()) {
            session.cancel();
            vertx.setTimer(GRACE.toMillis(), _ -> hangUp());
        }
    }

    /// What may be stopped is not waited for. Whether something was committed, the server may still
    /// say.
    void giveUp() {
        if (!done && course.mayBeStopped()) {
            session.abort();
        }
    }

    private void hangUp() {
        session.inOrder(() -> {
            if (!done) {
                session.abort();
            }
        });
    }

    /// Never after a cancel, which may arrive late and hit the next caller; never when the server
    /// has forgotten what the session believes to be prepared (26000).
    private boolean mayBeReused() {
        return !cancelled
                && course.leavesNothing(flight)
                && !TargetFailures.poisons(flight.failure());
    }
}
