package dev.drawbridge.gateway.audit;

import dev.drawbridge.identity.Caller;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

/// A call of a tool, as it is recorded. Never a value of it: of its SQL the text without literals
/// is kept, of its other arguments nothing.
///
/// @param client the numeric address that it came from
/// @param arguments as they were sent, of any type
/// @param reach filled while the call runs
public record ToolCallRecord(
        Caller caller, @Nullable String client, String tool, JsonObject arguments, Reach reach) {

    private static final int LONGEST_NAME = 128;

    /// A name that no tool has may be anything.
    public ToolCallRecord {
        tool = tool.length() > LONGEST_NAME ? tool.substring(0, LONGEST_NAME) : tool;
    }

    /// What came of it.
    ///
    /// @param outcome `OK` or the code of the problem
    /// @param bytes of the structured answer, before compression
    /// @param started `System.nanoTime()` at its beginning
    public record Outcome(String outcome, int rows, int bytes, long started) {}

    /// The statement that it names; null without one.
    @Nullable String sql() {
        return arguments.getValue("sql") instanceof String text ? text : null;
    }
}
