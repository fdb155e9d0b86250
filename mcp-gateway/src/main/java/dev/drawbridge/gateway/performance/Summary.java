package dev.drawbridge.gateway.performance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// How calls on a connection performed at this gateway.
///
/// @param since when; no longer than two periods ago
/// @param slowMs from how long on a call is slow
/// @param tools by name
/// @param statements those that took most of the database's time first
/// @param slowCalls the newest first
public record Summary(
        Instant since,
        long slowMs,
        @JsonUnwrapped Times all,
        List<OfTool> tools,
        List<OfStatement> statements,
        List<SlowCall> slowCalls) {

    /// Calls of one tool.
    public record OfTool(String tool, @JsonUnwrapped Times times) {}

    /// Calls with one statement, whatever its literals and parameters were.
    public record OfStatement(UUID fingerprint, String statement, @JsonUnwrapped Times times) {}
}
