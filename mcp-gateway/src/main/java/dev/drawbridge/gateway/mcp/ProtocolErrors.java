package dev.drawbridge.gateway.mcp;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;

/// A problem as the JSON-RPC error that MCP has for it, where there is no tool that could tell it.
final class ProtocolErrors {
    private ProtocolErrors() {}

    static McpException of(ProblemException failure) {
        Problem problem = failure.problem();
        int code =
                problem instanceof Problem.NotFound
                        ? JsonRpcErrorCodes.RESOURCE_NOT_FOUND
                        : JsonRpcErrorCodes.INTERNAL_ERROR;
        return new McpException(problem.code() + ": " + problem.detail(), failure, code);
    }
}
