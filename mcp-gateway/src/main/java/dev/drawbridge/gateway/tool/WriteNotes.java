package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.problem.ProblemException;

/// What came of a write, for the record of its call.
record WriteNotes(Reach reach) {
    void of(Written written) {
        reach.note("affectedRows", written.affected());
        reach.note("changedRows", written.changed());
        reach.note("committed", written.committed());
    }

    void of(Throwable failure) {
        boolean unknown =
                failure instanceof ProblemException known
                        && known.problem().equals(TargetPool.OUTCOME_UNKNOWN);
        if (unknown) {
            reach.note("committed", "unknown");
        } else {
            reach.note("committed", false);
        }
    }
}
