package dev.drawbridge.gateway.mcp;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.vertx.core.json.JsonObject;

/// A problem as the JSON-RPC error that MCP has for it, where the answer is no tool's: our code and
/// words in its message, for it takes no more.
final class JsonRpcProblems {
    private JsonRpcProblems() {}

    /// What to fail with in place of a failure; itself when it is none of ours.
    static Throwable error(Throwable failure) {
        return failure instanceof ProblemException known
                ? new McpException(message(known.problem()), known, code(known.problem()))
                : failure;
    }

    /// The `error` of an answer.
    static JsonObject json(Problem problem) {
        return new JsonObject().put("code", code(problem)).put("message", message(problem));
    }

    private static String message(Problem problem) {
        return problem.code() + ": " + problem.detail();
    }

    private static int code(Problem problem) {
        return switch (problem) {
            case Problem.NotFound _ -> JsonRpcErrorCodes.RESOURCE_NOT_FOUND;
            case Problem.Invalid _ -> JsonRpcErrorCodes.INVALID_PARAMS;
            default -> JsonRpcErrorCodes.INTERNAL_ERROR;
        };
    }
}
