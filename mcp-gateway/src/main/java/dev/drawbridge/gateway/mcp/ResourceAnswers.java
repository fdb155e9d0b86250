package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.Cancellation;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.smallrye.mutiny.Uni;

import jakarta.inject.Singleton;

/// Reads a resource for the caller in hand.
@Singleton
final class ResourceAnswers {
    private final Resources resources;
    private final CurrentCaller caller;
    private final Waiting waiting;
    private final RequestTrace trace;

    ResourceAnswers(
            Resources resources, CurrentCaller caller, Waiting waiting, RequestTrace trace) {
        this.resources = resources;
        this.caller = caller;
        this.waiting = waiting;
        this.trace = trace;
    }

    Uni<ResourceResponse> read(String uri, Cancellation cancellation) {
        var signal = waiting.signal(cancellation);
        return Uni.createFrom()
                .completionStage(() -> resources.read(use(uri), uri, signal).toCompletionStage())
                .map(content -> new ResourceResponse(LegacyContent.of(content)))
                .onFailure(ProblemException.class)
                .transform(JsonRpcProblems::error);
    }

    private FeatureUse use(String uri) {
        return FeatureUse.ofResource(
                caller.get(),
                caller.clientAddress(),
                uri,
                new Reach(caller.clientAddress(), trace.get()));
    }
}
