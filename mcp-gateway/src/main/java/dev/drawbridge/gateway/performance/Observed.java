package dev.drawbridge.gateway.performance;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// A call of a tool that came to a connection.
///
/// @param sql the statement that it names; null without one
/// @param servedNanos how long sessions of the database served it, without the wait for one; -1
///   when none did
/// @param outcome `OK` or the code of the problem
/// @param cut whether its answer was cut at the byte budget
/// @param trace the W3C trace id, without dashes
public record Observed(
        UUID connection,
        String database,
        String tool,
        @Nullable String sql,
        long servedNanos,
        String outcome,
        int rows,
        boolean cut,
        String trace) {

    boolean served() {
        return servedNanos >= 0;
    }

    boolean failed() {
        return !outcome.equals("OK");
    }
}
