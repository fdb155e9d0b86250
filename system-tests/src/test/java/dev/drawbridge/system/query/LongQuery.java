package dev.drawbridge.system.query;

import dev.drawbridge.system.mcp.HangingCall;
import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Suite;

import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// A query that would run for hours in little memory, with a mark by which the server's list of
/// activities shows it.
record LongQuery(String mark) {

    static LongQuery create() {
        return new LongQuery("long-" + UUID.randomUUID());
    }

    String sql() {
        return """
        select count(*) /* %s */
          from generate_series(1, 100000) a, generate_series(1, 100000) b, generate_series(1, 1000) c
        """
                .formatted(mark);
    }

    /// Asks for it and does not wait; by this id the call can be cancelled.
    HangingCall hang(Suite suite, McpSession session, int id) {
        return HangingCall.of(
                session,
                id,
                "tools/call",
                Map.of(
                        "name",
                        "query_database",
                        "arguments",
                        Map.of("connection_id", suite.connection(), "sql", sql())));
    }

    private boolean isRunning(Suite suite) {
        return suite.server().running(mark) > 0;
    }

    void awaitRunning(Suite suite) {
        Awaitility.await("the query to run")
                .atMost(Duration.ofSeconds(10))
                .until(() -> isRunning(suite));
    }

    /// Fails if the server still works on it 2 s from now.
    void awaitGone(Suite suite) {
        Awaitility.await("the query to be gone")
                .atMost(Duration.ofSeconds(2))
                .until(() -> !isRunning(suite));
    }
}
