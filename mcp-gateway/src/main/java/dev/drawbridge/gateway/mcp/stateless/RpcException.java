package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.mcp.wire.Revisions;
import dev.drawbridge.problem.Problem;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/// A request that gets a JSON-RPC error. The codes are those of JSON-RPC 2.0 and of MCP 2026-07-28,
/// "Error Codes"; the HTTP status is the one that its transport asks for.
final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int INVALID_REQUEST = -32_600;
    private static final int METHOD_NOT_FOUND = -32_601;
    private static final int INVALID_PARAMS = -32_602;
    private static final int INTERNAL_ERROR = -32_603;
    private static final int PARSE_ERROR = -32_700;
    private static final int HEADER_MISMATCH = -32_020;
    private static final int MISSING_CAPABILITY = -32_021;
    private static final int UNSUPPORTED_VERSION = -32_022;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final int status;
    private final int code;
    private final transient @Nullable JsonObject data;

    private RpcException(int status, int code, String message, @Nullable JsonObject data) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.data = data;
    }

    static RpcException unparsable() {
        return new RpcException(
                BAD_REQUEST, PARSE_ERROR, "VALIDATION_ERROR: body: is no JSON", null);
    }

    static RpcException invalidRequest(String why) {
        return new RpcException(BAD_REQUEST, INVALID_REQUEST, "VALIDATION_ERROR: " + why, null);
    }

    static RpcException unknownMethod(String method) {
        return new RpcException(
                NOT_FOUND, METHOD_NOT_FOUND, "NOT_FOUND: There is no method " + method + ".", null);
    }

    /// What the protocol itself asks of `params` is not there.
    static RpcException missing(String field, String why) {
        return new RpcException(
                BAD_REQUEST,
                INVALID_PARAMS,
                "VALIDATION_ERROR: params." + field + ": " + why,
                null);
    }

    static RpcException headerMismatch(String header, String why) {
        return new RpcException(
                BAD_REQUEST, HEADER_MISMATCH, "VALIDATION_ERROR: " + header + ": " + why, null);
    }

    static RpcException unsupportedVersion(String requested) {
        return new RpcException(
                BAD_REQUEST,
                UNSUPPORTED_VERSION,
                "VALIDATION_ERROR: MCP-Protocol-Version: is none that is spoken here",
                new JsonObject()
                        .put("supported", new JsonArray(Revisions.ALL))
                        .put("requested", requested));
    }

    /// The client would have to be asked for what it does not offer.
    static RpcException missingCapabilities(Collection<Ability> needed) {
        var capabilities = new JsonObject();
        needed.stream()
                .sorted()
                .forEach(ability -> capabilities.put(ability.key(), new JsonObject()));
        return new RpcException(
                BAD_REQUEST,
                MISSING_CAPABILITY,
                "VALIDATION_ERROR: clientCapabilities: has to offer "
                        + String.join(" and ", capabilities.fieldNames()),
                new JsonObject().put("requiredCapabilities", capabilities));
    }

    /// Tasks are for clients that say that they take them.
    static RpcException missingTasks() {
        return new RpcException(
                BAD_REQUEST,
                MISSING_CAPABILITY,
                "VALIDATION_ERROR: clientCapabilities: has to offer the extension "
                        + RequestMeta.TASKS,
                new JsonObject()
                        .put(
                                "requiredCapabilities",
                                new JsonObject()
                                        .put(
                                                "extensions",
                                                new JsonObject()
                                                        .put(
                                                                RequestMeta.TASKS,
                                                                new JsonObject()))));
    }

    /// There is no such resource for the caller.
    static RpcException noResource(String uri) {
        Problem problem = new Problem.NotFound("resource", uri);
        return new RpcException(
                OK,
                INVALID_PARAMS,
                problem.code() + ": " + problem.detail(),
                new JsonObject().put("uri", uri));
    }

    /// A problem where the answer is no tool's: what the client sent wrong is a wrong parameter,
    /// the rest is ours.
    static RpcException of(Problem problem) {
        int code =
                switch (problem) {
                    case Problem.NotFound _, Problem.Invalid _ -> INVALID_PARAMS;
                    default -> INTERNAL_ERROR;
                };
        return new RpcException(OK, code, problem.code() + ": " + problem.detail(), null);
    }

    int status() {
        return status;
    }

    /// The member `error` of the answer.
    JsonObject error() {
        var error = new JsonObject().put("code", code).put("message", getMessage());
        return data == null ? error : error.put("data", data);
    }
}
