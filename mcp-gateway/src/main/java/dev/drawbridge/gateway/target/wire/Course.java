package dev.drawbridge.gateway.target.wire;

import org.jspecify.annotations.Nullable;

/// What is flown on one session for one call, flight after flight. On the session's event loop.
interface Course {
    /// What is flown first.
    ///
    /// @param landed to be run when the flight has landed, as for all that follow
    Flight first(Runnable landed);

    /// What follows a flight that has landed; null when that was all.
    ///
    /// @param cancelled whether nobody waits any more
    @Nullable Flight next(Flight before, boolean cancelled, Runnable landed);

    /// Whether what is under way may be stopped in the middle.
    boolean mayBeStopped();

    /// Whether another caller may have the session: its transaction is known to be over, and
    /// nothing of it is left.
    boolean leavesNothing(Flight last);
}
