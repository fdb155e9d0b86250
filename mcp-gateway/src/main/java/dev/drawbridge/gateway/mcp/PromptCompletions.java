package dev.drawbridge.gateway.mcp;

import io.quarkiverse.mcp.server.CompletionManager;
import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.PromptCompletionManager;
import io.smallrye.mutiny.Uni;

import jakarta.inject.Singleton;

import java.util.function.Function;

/// Completes the `connection_id` of prompts.
@Singleton
final class PromptCompletions {
    private final CompletionManager manager;

    PromptCompletions(PromptCompletionManager manager) {
        this.manager = manager;
    }

    void register(String prompt, Function<String, Uni<CompletionResponse>> complete) {
        manager.newCompletion(prompt)
                .setArgumentName("connection_id")
                .setAsyncHandler(arguments -> complete.apply(arguments.argumentValue()))
                .register();
    }
}
