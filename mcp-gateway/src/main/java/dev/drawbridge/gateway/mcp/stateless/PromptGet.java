package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.mcp.wire.PromptJson;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.PromptCall;
import dev.drawbridge.gateway.prompt.PromptMessage;
import dev.drawbridge.gateway.prompt.Prompts;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `prompts/get`.
@Singleton
final class PromptGet implements Method {
    private final Prompts prompts;
    private final Questions questions;
    private final ToolCallTrail trail;

    PromptGet(Prompts prompts, Questions questions, ToolCallTrail trail) {
        this.prompts = prompts;
        this.questions = questions;
        this.trail = trail;
    }

    @Override
    public String name() {
        return "prompts/get";
    }

    @Override
    public Future<Result> answer(Exchange exchange) {
        String name = exchange.request().text("name");
        Optional<Prompt> prompt = prompts.find(exchange.caller(), name);
        if (prompt.isEmpty()) {
            trail.addUnseen(exchange.useOfPrompt(name));
            throw new Problem.NotFound("prompt", name).exception();
        }
        var call =
                new PromptCall(
                        exchange.caller(),
                        arguments(exchange.request().optionalObject("arguments")),
                        exchange.reply().client(),
                        questions.answers(exchange));
        return prompts.get(exchange.useOfPrompt(name), prompt.get(), call)
                .map(outcome -> result(exchange, prompt.get(), outcome));
    }

    private static Map<String, String> arguments(JsonObject given) {
        Map<String, String> arguments = new HashMap<>();
        for (String name : given.fieldNames()) {
            if (!(given.getValue(name) instanceof String text)) {
                throw RpcException.missing("arguments." + name, "is no string");
            }
            arguments.put(name, text);
        }
        return arguments;
    }

    private Result result(Exchange exchange, Prompt prompt, Outcome<List<PromptMessage>> outcome) {
        return switch (outcome) {
            case Outcome.Done<List<PromptMessage>>(var messages) ->
                    Result.complete(PromptJson.of(prompt, messages));
            case Outcome.InputRequired<List<PromptMessage>> asking ->
                    questions.ask(exchange, asking);
        };
    }
}
