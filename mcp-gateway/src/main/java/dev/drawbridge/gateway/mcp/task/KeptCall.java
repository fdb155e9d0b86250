package dev.drawbridge.gateway.mcp.task;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/// A call of a tool that goes on, whoever waits for it.
///
/// @param signal stops it
/// @param ending what becomes of it; fails with what it failed with
public record KeptCall(
        Caller caller,
        String tool,
        JsonObject arguments,
        CancelSignal signal,
        Future<Ending> ending) {}
