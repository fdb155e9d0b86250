package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.Prompts;
import dev.drawbridge.gateway.rate.RequestRates;
import dev.drawbridge.identity.CurrentCaller;

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
    private final Connections connections;
    private final RequestRates rates;
    private final CurrentCaller caller;

    PromptAdapter(
            Prompts prompts, Connections connections, RequestRates rates, CurrentCaller caller) {
        this.prompts = prompts;
        this.connections = connections;
        this.rates = rates;
        this.caller = caller;
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
                    .setAsyncHandler(arguments -> connections(prompt, arguments.argumentValue()))
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
        definition.setAsyncHandler(arguments -> get(prompt, arguments.args())).register();
    }

    private Uni<PromptResponse> get(Prompt prompt, Map<String, String> arguments) {
        return Uni.createFrom()
                .item(() -> {
                    rates.spend(caller.get());
                    return new PromptResponse(
                            prompt.description(),
                            List.of(PromptMessage.withUserRole(prompt.text(arguments))));
                })
                .onFailure()
                .transform(JsonRpcProblems::error);
    }

    /// Nothing for a prompt that the caller does not see.
    private Uni<CompletionResponse> connections(Prompt prompt, String written) {
        return Uni.createFrom()
                .item(() -> {
                    rates.spend(caller.get());
                    return CompletionResponse.create(
                            prompts.isVisible(caller.get(), prompt.name())
                                    ? connections.beginning(caller.get(), written).stream()
                                            .map(connection -> connection.id().toString())
                                            .toList()
                                    : List.of());
                })
                .onFailure()
                .transform(JsonRpcProblems::error);
    }
}
