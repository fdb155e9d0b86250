package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.problem.ProblemMapper;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

/// A body that is one JSON-RPC message, and answers to it.
final class JsonRpcBody {
    static final int INVALID_REQUEST = -32_600;
    static final int METHOD_NOT_FOUND = -32_601;
    static final int INVALID_PARAMS = -32_602;

    private JsonRpcBody() {}

    /// The message; null for a batch, and for what is none.
    static @Nullable JsonObject message(@Nullable Buffer body) {
        try {
            return body != null && Json.decodeValue(body) instanceof JsonObject object
                    ? object
                    : null;
        } catch (DecodeException malformed) {
            return null;
        }
    }

    /// Answers with an error.
    ///
    /// @param id of the request; null where there is none
    static void refuse(
            RoutingContext context, @Nullable Object id, int status, int code, String message) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(
                        new JsonObject()
                                .put("jsonrpc", "2.0")
                                .put("id", id)
                                .put(
                                        "error",
                                        new JsonObject().put("code", code).put("message", message))
                                .toBuffer());
    }

    /// Answers with what went wrong, where it is nothing of the protocol.
    static void failed(RoutingContext context, Throwable failure) {
        Answers.problem(context, problem(failure));
    }

    private static Problem problem(Throwable failure) {
        return failure instanceof ProblemException known
                ? known.problem()
                : ProblemMapper.internal(failure);
    }
}
