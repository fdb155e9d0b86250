package dev.drawbridge.gateway.mcp.task;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

/// What became of a call, or of a part of it.
public sealed interface Ending {
    /// An answer, which may tell of an error.
    ///
    /// @param result of `tools/call`, JSON
    record Answered(String result) implements Ending {}

    /// Questions to the client.
    ///
    /// @param requests as MCP writes them, by key
    /// @param state that the tool wants back with the answers
    record Asked(JsonObject requests, @Nullable JsonObject state) implements Ending {}

    /// Nobody wanted an answer any more, and the call heeded that.
    record Stopped() implements Ending {}
}
