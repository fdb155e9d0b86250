package dev.drawbridge.gateway.pool.share;

import dev.drawbridge.sql.Db;

import java.time.Duration;
import java.util.UUID;

/// How this replica stands to the others.
///
/// @param joined whether the datastore knows it
/// @param known how many replicas lived when that was last known
/// @param beatAt when it said last that it lives; 0 for never
/// @param restrainedUntil until then it takes no more than an equal part; 0 for not at all
record Standing(UUID id, boolean joined, int known, long beatAt, long restrainedUntil) {
    /// A second before it is dead to the others.
    private static final long LAPSES_AFTER = Duration.ofSeconds(5).toNanos();

    /// Until then all others that were away, too, are back.
    private static final long RESTRAINED_FOR = Duration.ofSeconds(6).toNanos();

    /// Of one that was not there before.
    static Standing fresh() {
        return new Standing(Db.newId(), false, 1, 0, 0);
    }

    /// Whether the others are about to take it for dead.
    boolean hasLapsed() {
        return joined && System.nanoTime() - beatAt >= LAPSES_AFTER;
    }

    /// Under another id, until it has joined again.
    Standing lapsed() {
        return new Standing(Db.newId(), false, known, beatAt, 0);
    }

    /// Whether it has lapsed and was not heard of since.
    boolean isAway() {
        return beatAt != 0 && !joined;
    }

    /// Once it is heard of.
    ///
    /// @param sent when it began to say so
    /// @param alive how many replicas are
    Standing heardOf(long sent, int alive) {
        long restrained = isAway() ? sent + RESTRAINED_FOR : restrainedUntil;
        boolean waits = restrained != 0 && restrained - sent > 0;
        return new Standing(
                id, true, waits ? Math.max(alive, known) : alive, sent, waits ? restrained : 0);
    }

    /// What every replica may have of a budget without asking.
    int equalPart(int budget) {
        return budget / Math.max(1, known);
    }

    /// What it may have, where it could get so many.
    int bounded(int sessions, int budget) {
        return restrainedUntil == 0 ? sessions : Math.min(sessions, equalPart(budget));
    }
}
