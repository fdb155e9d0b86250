package dev.drawbridge.gateway.mcp.task;

import dev.drawbridge.gateway.client.Inputs;

import io.vertx.core.json.JsonObject;

/// How a task goes on once its questions are answered.
@FunctionalInterface
public interface Resumption {
    /// Calls the tool again.
    KeptCall call(String tool, JsonObject arguments, Inputs inputs);
}
