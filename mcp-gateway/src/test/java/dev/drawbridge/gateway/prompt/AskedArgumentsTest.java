package dev.drawbridge.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.client.Content;
import dev.drawbridge.gateway.client.InputRequest.Elicitation;
import dev.drawbridge.gateway.client.Inputs;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Required arguments that are missing, whatever protocol the client speaks.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class AskedArgumentsTest extends PromptCase {
    private static final Client FORM =
            new Client() {
                @Override
                public Set<Ability> abilities() {
                    return Set.of(Ability.ELICITATION);
                }
            };

    @Inject Prompts prompts;

    @Test
    void are_asked_for_with_the_connections_to_choose_from() {
        Elicitation form = asked(Map.of("schema", "shop"));

        JsonObject fields = form.schema().getJsonObject("properties");
        assertThat(form.message()).startsWith("Write a query: ");
        assertThat(fields.fieldNames()).containsExactly("connection_id", "question");
        assertThat(form.schema().getJsonArray("required").getList())
                .containsExactly("connection_id", "question");
        JsonObject connection = fields.getJsonObject("connection_id");
        assertThat(connection.getJsonArray("enum").getList()).containsExactly(shop);
        assertThat(connection.getJsonArray("enumNames").getList()).containsExactly("shop");
    }

    @Test
    void are_not_asked_for_when_they_are_there() {
        Elicitation form = asked(Map.of("connection_id", shop));

        assertThat(form.schema().getJsonObject("properties").fieldNames())
                .containsExactly("question");
    }

    @Test
    void are_taken_from_the_answer_and_judged_as_if_they_had_been_written() {
        var answer = new JsonObject().put("question", "How many?").put("connection_id", shop);

        assertThat(text(get(FORM, Map.of(), accepted(answer)))).contains("How many?", shop);
        refused(accepted(answer.copy().put("connection_id", "another")), "NOT_FOUND");
        refused(accepted(answer.copy().put("else", "x")), "VALIDATION_ERROR: else: ");
        refused(
                accepted(answer.copy().put("question", 7)),
                "VALIDATION_ERROR: question: is missing");
    }

    @Test
    void are_missing_when_the_person_declines_or_the_client_cannot_ask() {
        var declined = new JsonObject().put("action", "decline");

        refused(new Inputs(Map.of("arguments", declined), null), "VALIDATION_ERROR: connection_id");
        assertThatThrownBy(() -> get(Client.MUTE, Map.of(), Inputs.NONE))
                .hasMessageContaining("connection_id: is missing");
    }

    private Elicitation asked(Map<String, String> arguments) {
        var outcome = get(FORM, arguments, Inputs.NONE);
        var asking = (Outcome.InputRequired<List<PromptMessage>>) outcome;
        return (Elicitation) asking.requests().get("arguments");
    }

    private void refused(Inputs inputs, String problem) {
        assertThatThrownBy(() -> get(FORM, Map.of(), inputs))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(
                                                refused.problem().code()
                                                        + ": "
                                                        + refused.problem().detail())
                                        .startsWith(problem));
    }

    private Outcome<List<PromptMessage>> get(
            Client client, Map<String, String> arguments, Inputs inputs) {
        Caller caller =
                TestCallers.know(
                        "asked", Map.of(), "prompt:*", "read", "connection:" + shop, "read");
        var use = FeatureUse.ofPrompt(caller, null, "write-query", new Reach(null));
        var call = new PromptCall(caller, arguments, client, inputs);
        var outcome = prompts.get(use, prompts.find(caller, "write-query").orElseThrow(), call);
        if (outcome.failed()) {
            throw (ProblemException) outcome.cause();
        }
        return outcome.result();
    }

    private static String text(Outcome<List<PromptMessage>> outcome) {
        var done = (Outcome.Done<List<PromptMessage>>) outcome;
        return ((Content.Text) done.answer().getFirst().content()).text();
    }

    private static Inputs accepted(JsonObject content) {
        var answer = new JsonObject().put("action", "accept").put("content", content);
        return new Inputs(Map.of("arguments", answer), null);
    }
}
