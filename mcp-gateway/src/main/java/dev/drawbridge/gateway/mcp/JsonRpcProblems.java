package dev.drawbridge.gateway.mcp;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;

/// A problem as the JSON-RPC error that MCP has for it, where the answer is no tool's: our code and
/// words in its message, for it takes no more.
final class JsonRpcProblems {
    private JsonRpcProblems() {}

    /// What to fail with in place of a failure; itself when it is none of ours.
    static Throwable error(Throwable failure) {
        if (!(failure instanceof ProblemException known)) {
            return failure;
        }
        Problem problem = known.problem();
        int code =
                switch (problem) {
                    case Problem.NotFound _ -> JsonRpcErrorCodes.RESOURCE_NOT_FOUND;
                    case Problem.Invalid _ -> JsonRpcErrorCodes.INVALID_PARAMS;
                    default -> JsonRpcErrorCodes.INTERNAL_ERROR;
                };
        return new McpException(problem.code() + ": " + problem.detail(), known, code);
    }
}
