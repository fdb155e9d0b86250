package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.Prompts;
import dev.drawbridge.gateway.resource.Resources;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.PromptCompletionManager;
import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;

/// Registers every prompt with the extension.
@Singleton
final class PromptAdapter {
    private final Prompts prompts;
    private final Resources resources;
    private final CurrentCaller caller;
    private final RequestTrace trace;

    PromptAdapter(Prompts prompts, Resources resources, CurrentCaller caller, RequestTrace trace) {
        this.prompts = prompts;
        this.resources = resources;
        this.caller = caller;
        this.trace = trace;
    }

    void start(
            @Observes StartupEvent event,
            PromptManager manager,
            PromptCompletionManager completions) {
        for (Prompt prompt : prompts.list()) {
            register(manager, prompt);
            completions
                    .newCompletion(prompt.name())
                    .setArgumentName("connection_id")
                    .setAsyncHandler(arguments -> connections(arguments.argumentValue()))
                    .register();
        }
    }

    private void register(PromptManager manager, Prompt prompt) {
        var definition =
                manager.newPrompt(prompt.name())
                        .setTitle(prompt.title())
                        .setDescription(prompt.description());
        for (Prompt.Argument argument : prompt.arguments()) {
            definition.addArgument(argument.name(), argument.description(), argument.required());
        }
        definition.setAsyncHandler(arguments -> response(prompt, arguments.args())).register();
    }

    private Uni<PromptResponse> response(Prompt prompt, Map<String, String> arguments) {
        return Uni.createFrom()
                .item(() -> prompts.text(use(prompt), prompt, arguments))
                .onFailure(ProblemException.class)
                .transform(ProtocolErrors::of)
                .map(text ->
                        new PromptResponse(
                                prompt.description(), List.of(PromptMessage.withUserRole(text))));
    }

    private FeatureUse use(Prompt prompt) {
        return FeatureUse.ofPrompt(
                caller.get(), caller.clientAddress(), prompt.name(), new Reach(trace.get()));
    }

    private Uni<CompletionResponse> connections(String written) {
        return Uni.createFrom()
                .completionStage(() ->
                        resources
                                .complete(caller.get(), "connection", written, Map.of())
                                .toCompletionStage())
                .map(CompletionResponse::create);
    }
}
