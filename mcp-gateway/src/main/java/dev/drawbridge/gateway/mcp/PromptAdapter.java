package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.PromptCall;
import dev.drawbridge.gateway.prompt.PromptMessage;
import dev.drawbridge.gateway.prompt.Prompts;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkiverse.mcp.server.CompletionManager;
import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.PromptCompletionManager;
import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;

/// Registers every built-in prompt with the extension; [PromptRoute] knows those of tenants.
@Singleton
final class PromptAdapter {
    private final Prompts prompts;
    private final CurrentCaller caller;
    private final RequestTrace trace;

    PromptAdapter(Prompts prompts, CurrentCaller caller, RequestTrace trace) {
        this.prompts = prompts;
        this.caller = caller;
        this.trace = trace;
    }

    void start(
            @Observes StartupEvent event,
            PromptManager manager,
            PromptCompletionManager completions) {
        for (Prompt prompt : prompts.builtIn()) {
            register(manager, prompt);
            prompt.arguments()
                    .forEach(argument -> register(completions, prompt.name(), argument.name()));
        }
    }

    private void register(PromptCompletionManager manager, String prompt, String argument) {
        manager.newCompletion(prompt)
                .setArgumentName(argument)
                .setAsyncHandler(asked -> complete(prompt, argument, asked))
                .register();
    }

    private void register(PromptManager manager, Prompt prompt) {
        var definition =
                manager.newPrompt(prompt.name())
                        .setTitle(prompt.title())
                        .setDescription(prompt.description());
        for (Prompt.Argument argument : prompt.arguments()) {
            definition.addArgument(argument.name(), argument.description(), argument.required());
        }
        definition.setAsyncHandler(arguments -> get(prompt, arguments)).register();
    }

    private FeatureUse use(Prompt prompt) {
        return FeatureUse.ofPrompt(
                caller.get(),
                caller.clientAddress(),
                prompt.name(),
                new Reach(caller.clientAddress(), trace.get()));
    }

    private Uni<PromptResponse> get(Prompt prompt, PromptManager.PromptArguments given) {
        return get(prompt, given, use(prompt), Inputs.NONE)
                .onFailure()
                .transform(JsonRpcProblems::error);
    }

    private Uni<PromptResponse> get(
            Prompt prompt, PromptManager.PromptArguments given, FeatureUse use, Inputs inputs) {
        var client = PromptQuestions.client(given.elicitation());
        var call = new PromptCall(use.caller(), given.args(), client, inputs);
        return Uni.createFrom()
                .completionStage(() -> prompts.get(use, prompt, call).toCompletionStage())
                .chain(outcome ->
                        switch (outcome) {
                            case Outcome.Done<List<PromptMessage>>(var messages) ->
                                    Uni.createFrom().item(response(prompt, messages));
                            case Outcome.InputRequired<List<PromptMessage>> asking ->
                                    PromptQuestions.ask(given.elicitation(), asking)
                                            .chain(more -> get(prompt, given, use, more));
                        });
    }

    private static PromptResponse response(Prompt prompt, List<PromptMessage> messages) {
        return new PromptResponse(
                prompt.description(), messages.stream().map(LegacyContent::message).toList());
    }

    private Uni<CompletionResponse> complete(
            String prompt, String argument, CompletionManager.CompletionArguments asked) {
        return Uni.createFrom()
                .completionStage(() ->
                        prompts.complete(
                                        caller.get(),
                                        prompt,
                                        argument,
                                        asked.argumentValue(),
                                        asked.completeContext().arguments())
                                .toCompletionStage())
                .map(found ->
                        new CompletionResponse(found.values(), found.total(), found.hasMore()))
                .onFailure()
                .transform(JsonRpcProblems::error);
    }
}
