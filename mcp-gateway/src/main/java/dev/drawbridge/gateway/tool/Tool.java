package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.identity.Caller;

import io.vertx.core.Future;

/// Something an agent can call.
public interface Tool {
    ToolDefinition definition();

    /// Whether there is anything that the caller could do with it. Who could do nothing does not
    /// see it; whether the caller may use the tool at all is asked elsewhere.
    default boolean isFor(Caller caller) {
        return true;
    }

    /// Does it. The arguments have been validated against the definition's schema and the caller
    /// may use the tool; what else the caller may is for the tool to ask. A tool that asks the
    /// client is called anew with what it answered.
    ///
    /// @return fails with a [dev.drawbridge.problem.ProblemException] that the caller can act on
    Future<Outcome<ToolAnswer>> call(ToolCall call);
}
