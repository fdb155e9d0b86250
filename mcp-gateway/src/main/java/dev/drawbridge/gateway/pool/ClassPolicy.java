package dev.drawbridge.gateway.pool;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Duration;

/// What one identity of a class gets of a database, and the class as a whole.
///
/// @param sessions that one identity uses at the same time at most
/// @param queueLength calls of the class that wait at most
/// @param queueWait how long one waits at most
/// @param statementTimeout how long one statement runs at most
/// @param idleTimeout after which a session that nobody uses is closed
/// @param priority 1 to 3: of sessions that are scarce a class gets twice as many as one below
/// @param share percent of the connection's sessions that the class may have at most; the rest is
///   there at once for the others
public record ClassPolicy(
        int sessions,
        int queueLength,
        @JsonIgnore Duration queueWait,
        @JsonIgnore Duration statementTimeout,
        @JsonIgnore Duration idleTimeout,
        int priority,
        int share) {
    private static final int ALL = 100;

    /// In milliseconds, as it is shown.
    @JsonProperty
    long queueWaitMs() {
        return queueWait.toMillis();
    }

    /// In milliseconds, as it is shown.
    @JsonProperty
    long statementTimeoutMs() {
        return statementTimeout.toMillis();
    }

    /// In milliseconds, as it is shown.
    @JsonProperty
    long idleTimeoutMs() {
        return idleTimeout.toMillis();
    }

    /// How much of what is scarce the class gets beside others.
    public int weight() {
        return 1 << (priority - 1);
    }

    /// So many of `all` sessions may the class have; never none.
    public int ceiling(int all) {
        return Math.max(Math.min(all, 1), all * share / ALL);
    }

    /// The same where one identity gets no more than so many sessions.
    public ClassPolicy atMost(int most) {
        return new ClassPolicy(
                Math.min(sessions, most),
                queueLength,
                queueWait,
                statementTimeout,
                idleTimeout,
                priority,
                share);
    }
}
