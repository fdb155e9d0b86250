package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.client.InputRequest;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.client.Outcome;

import io.quarkiverse.mcp.server.Elicitation;
import io.quarkiverse.mcp.server.ElicitationRequest.PrimitiveSchema;
import io.quarkiverse.mcp.server.ElicitationResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Asks the client of a session what a prompt wants to know, by the extension: a form.
final class PromptQuestions {
    private PromptQuestions() {}

    private record Field(JsonObject asJson, boolean required) implements PrimitiveSchema {}

    static Client client(Elicitation elicitation) {
        Set<Ability> abilities =
                elicitation.isFormModeSupported() ? Set.of(Ability.ELICITATION) : Set.of();
        return new Client() {
            @Override
            public Set<Ability> abilities() {
                return abilities;
            }
        };
    }

    /// The answers to all questions, asked one after the other.
    ///
    /// @return fails with `VALIDATION_ERROR` for a question that is no form
    static Uni<Inputs> ask(Elicitation elicitation, Outcome.InputRequired<?> asking) {
        Map<String, JsonObject> answers = new HashMap<>();
        Uni<Void> asked = Uni.createFrom().voidItem();
        for (var question : asking.requests().entrySet()) {
            if (!(question.getValue() instanceof InputRequest.Elicitation form)) {
                throw LegacyContent.unanswerable(asking.abilities()).exception();
            }
            asked =
                    asked.chain(() -> send(elicitation, form))
                            .invoke(answer -> answers.put(question.getKey(), answer))
                            .replaceWithVoid();
        }
        return asked.map(_ -> new Inputs(answers, asking.state()));
    }

    private static Uni<JsonObject> send(Elicitation elicitation, InputRequest.Elicitation form) {
        JsonArray required = form.schema().getJsonArray("required", new JsonArray());
        var request = elicitation.requestBuilder().setMessage(form.message());
        form.schema()
                .getJsonObject("properties")
                .forEach(field ->
                        request.addSchemaProperty(
                                field.getKey(),
                                new Field(
                                        (JsonObject) field.getValue(),
                                        required.contains(field.getKey()))));
        return request.build().send().map(PromptQuestions::answer);
    }

    private static JsonObject answer(ElicitationResponse response) {
        var answer =
                new JsonObject().put("action", response.action().name().toLowerCase(Locale.ROOT));
        return response.actionAccepted()
                ? answer.put("content", new JsonObject(response.content().asMap()))
                : answer;
    }
}
