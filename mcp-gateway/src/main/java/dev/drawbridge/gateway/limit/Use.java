package dev.drawbridge.gateway.limit;

import java.time.Duration;

/// How much of a limit is used.
///
/// @param left units that are there: none in debt, and no more than there can be, though an
///   allotment and what the bucket has got back since may be counted both
/// @param untilFull how long it takes until all are there again, if nobody spends any
record Use(Limit limit, long left, Duration untilFull) {
    static Use of(Limit limit, long left) {
        long there = Math.clamp(left, 0, limit.amount());
        double missing = (limit.amount() - left) * limit.each();
        return new Use(limit, there, Duration.ofNanos((long) Math.max(0, missing)));
    }
}
