package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.Cancellation;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.smallrye.mutiny.Uni;

import jakarta.inject.Singleton;

/// Reads a resource for the caller in hand, and says a problem as the JSON-RPC error that MCP has
/// for it.
@Singleton
final class ResourceAnswers {
    private final Resources resources;
    private final CurrentCaller caller;
    private final Waiting waiting;

    ResourceAnswers(Resources resources, CurrentCaller caller, Waiting waiting) {
        this.resources = resources;
        this.caller = caller;
        this.waiting = waiting;
    }

    Uni<ResourceResponse> read(String uri, Cancellation cancellation) {
        var signal = waiting.signal(cancellation);
        return Uni.createFrom()
                .completionStage(
                        () -> resources.read(caller.get(), uri, signal).toCompletionStage())
                .map(json ->
                        new ResourceResponse(
                                new TextResourceContents(uri, json, Resources.MEDIA_TYPE)))
                .onFailure(ProblemException.class)
                .transform(failure -> error(failure));
    }

    private static Throwable error(Throwable failure) {
        if (!(failure instanceof ProblemException known)) {
            return failure;
        }
        Problem problem = known.problem();
        int code =
                problem instanceof Problem.NotFound
                        ? JsonRpcErrorCodes.RESOURCE_NOT_FOUND
                        : JsonRpcErrorCodes.INTERNAL_ERROR;
        return new McpException(problem.code() + ": " + problem.detail(), known, code);
    }
}
