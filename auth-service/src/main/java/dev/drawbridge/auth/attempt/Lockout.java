package dev.drawbridge.auth.attempt;

import java.time.Duration;

/// How long an account is locked after so many failures in a row.
///
/// @param failures from which on it is locked
/// @param first the first lock; each further failure doubles it
/// @param longest what it does not grow beyond
record Lockout(int failures, Duration first, Duration longest) {
    // 2^30 times any sensible beginning is beyond any sensible end.
    private static final int MAX_DOUBLINGS = 30;

    static Lockout of(AttemptConfig config) {
        return new Lockout(
                config.lockoutFailures(), config.lockoutFirst(), config.lockoutLongest());
    }

    /// Zero while the account stays open.
    Duration after(int inARow) {
        if (inARow < failures) {
            return Duration.ZERO;
        }
        Duration grown = first.multipliedBy(1L << Math.min(inARow - failures, MAX_DOUBLINGS));
        return grown.compareTo(longest) < 0 ? grown : longest;
    }
}
