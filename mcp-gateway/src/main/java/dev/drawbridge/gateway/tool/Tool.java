package dev.drawbridge.gateway.tool;

import io.vertx.core.Future;

/// Something an agent can call.
public interface Tool {
    ToolDefinition definition();

    /// Does it. The arguments have been validated against the definition's schema and the caller
    /// may use the tool; what else the caller may is for the tool to ask.
    ///
    /// @return fails with a [dev.drawbridge.problem.ProblemException] that the caller can act on
    Future<ToolAnswer> call(ToolCall call);
}
