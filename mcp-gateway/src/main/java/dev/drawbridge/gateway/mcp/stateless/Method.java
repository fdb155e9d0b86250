package dev.drawbridge.gateway.mcp.stateless;

import io.vertx.core.Future;

/// A method of the protocol.
interface Method {
    /// As the protocol writes it.
    String name();

    /// Answers a request.
    ///
    /// @return fails with an [RpcException] or a [dev.drawbridge.problem.ProblemException]
    Future<Result> answer(Exchange exchange);
}
