package dev.drawbridge.gateway.mcp.conformance;

import static dev.drawbridge.gateway.mcp.conformance.FixtureTool.said;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.InputRequest;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;
import dev.drawbridge.gateway.tool.ToolCall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Those tools of the suite that ask their client.
@Singleton
final class AskingFixtures {
    private static final String ROUND = "round";

    @Produces
    @Singleton
    Tool sampling() {
        return asking(
                "test_sampling",
                string("prompt"),
                "answer",
                call -> new InputRequest.Sampling(call.text("prompt"), 100),
                answer -> "LLM response: " + text(answer));
    }

    @Produces
    @Singleton
    Tool elicitation() {
        return asking(
                "test_elicitation",
                string("message"),
                "form",
                call ->
                        new InputRequest.Elicitation(
                                call.text("message"),
                                form(
                                        string("username").mergeIn(string("email")),
                                        "username",
                                        "email")),
                answer -> "User response: " + told(answer));
    }

    @Produces
    @Singleton
    Tool defaults() {
        return asking(
                "test_elicitation_sep1034_defaults",
                new JsonObject(),
                "form",
                _ ->
                        new InputRequest.Elicitation(
                                "Please review", new JsonObject(FixtureForms.DEFAULTS)),
                answer -> "Elicitation completed: " + told(answer));
    }

    @Produces
    @Singleton
    Tool enums() {
        return asking(
                "test_elicitation_sep1330_enums",
                new JsonObject(),
                "form",
                _ ->
                        new InputRequest.Elicitation(
                                "Please choose", new JsonObject(FixtureForms.ENUMS)),
                answer -> "Elicitation completed: " + told(answer));
    }

    @Produces
    @Singleton
    Tool missingCapability() {
        return asking(
                "test_missing_capability",
                new JsonObject(),
                "answer",
                _ -> new InputRequest.Sampling("Anything", 10),
                AskingFixtures::text);
    }

    @Produces
    @Singleton
    Tool streaming() {
        return asking(
                "test_streaming_elicitation",
                new JsonObject(),
                "user_name",
                _ -> name(),
                answer -> "Hello, " + told(answer));
    }

    @Produces
    @Singleton
    Tool basicElicitation() {
        return asking(
                "test_input_required_result_elicitation",
                new JsonObject(),
                "user_name",
                _ -> name(),
                answer -> "Hello, " + told(answer));
    }

    @Produces
    @Singleton
    Tool basicSampling() {
        return asking(
                "test_input_required_result_sampling",
                new JsonObject(),
                "capital_question",
                _ -> new InputRequest.Sampling("What is the capital of France?", 100),
                AskingFixtures::text);
    }

    @Produces
    @Singleton
    Tool basicRoots() {
        return asking(
                "test_input_required_result_list_roots",
                new JsonObject(),
                "client_roots",
                _ -> new InputRequest.Roots(),
                answer -> "Roots: " + answer.getJsonArray("roots"));
    }

    @Produces
    @Singleton
    Tool requestState() {
        return keeping("test_input_required_result_request_state");
    }

    @Produces
    @Singleton
    Tool tamperedState() {
        return keeping("test_input_required_result_tampered_state");
    }

    @Produces
    @Singleton
    Tool severalInputs() {
        return tool(
                "test_input_required_result_multiple_inputs",
                call -> {
                    Map<String, InputRequest> all = new LinkedHashMap<>();
                    all.put("user_name", name());
                    all.put("greeting", new InputRequest.Sampling("Generate a greeting", 50));
                    all.put("client_roots", new InputRequest.Roots());
                    return call.inputs().answers().keySet().containsAll(all.keySet())
                            ? said("All inputs: " + call.inputs().answers())
                            : new Outcome.InputRequired<>(all, new JsonObject().put(ROUND, 1));
                });
    }

    @Produces
    @Singleton
    Tool severalRounds() {
        return tool(
                "test_input_required_result_multi_round",
                call -> {
                    JsonObject kept = call.inputs().state();
                    int round = kept == null ? 0 : kept.getInteger(ROUND);
                    return switch (round) {
                        case 0 -> round(1, "step1", "Step 1: What is your name?", "name");
                        case 1 ->
                                round(2, "step2", "Step 2: What is your favorite color?", "color");
                        default -> said("Thank you: " + call.inputs().answers());
                    };
                });
    }

    @Produces
    @Singleton
    Tool capabilities() {
        return tool(
                "test_input_required_result_capabilities",
                call -> {
                    Map<String, InputRequest> all = new LinkedHashMap<>();
                    if (call.client().abilities().contains(Ability.SAMPLING)) {
                        all.put("greeting", new InputRequest.Sampling("Greet me", 10));
                    }
                    if (call.client().abilities().contains(Ability.ELICITATION)) {
                        all.put("user_name", name());
                    }
                    return all.isEmpty() || !call.inputs().answers().isEmpty()
                            ? said("done")
                            : new Outcome.InputRequired<>(all, null);
                });
    }

    private static Outcome<ToolAnswer> round(int round, String key, String message, String field) {
        return new Outcome.InputRequired<>(
                Map.of(key, new InputRequest.Elicitation(message, form(string(field), field))),
                new JsonObject().put(ROUND, round));
    }

    /// A tool that wants its state back.
    private static Tool keeping(String name) {
        var confirm =
                new InputRequest.Elicitation(
                        "Please confirm",
                        form(
                                new JsonObject().put("ok", new JsonObject().put("type", "boolean")),
                                "ok"));
        return tool(
                name,
                call -> {
                    JsonObject kept = call.inputs().state();
                    return kept != null && call.inputs().answer("confirm") != null
                            ? said("state-ok " + kept.getInteger(ROUND))
                            : new Outcome.InputRequired<>(
                                    Map.of("confirm", confirm), new JsonObject().put(ROUND, 1));
                });
    }

    /// A tool that asks one question until it has an answer.
    private static Tool asking(
            String name,
            JsonObject properties,
            String key,
            Function<ToolCall, InputRequest> question,
            Function<JsonObject, String> answer) {
        return FixtureTool.of(
                name,
                "Asks its client.",
                properties,
                true,
                call -> {
                    @Nullable JsonObject given = call.inputs().answer(key);
                    return given == null
                            ? new Outcome.InputRequired<>(Map.of(key, question.apply(call)), null)
                            : said(answer.apply(given));
                });
    }

    private static Tool tool(String name, Function<ToolCall, Outcome<ToolAnswer>> does) {
        return FixtureTool.of(name, "Asks its client.", true, does);
    }

    static InputRequest name() {
        return new InputRequest.Elicitation("What is your name?", form(string("name"), "name"));
    }

    static JsonObject form(JsonObject properties, String... required) {
        var names = new JsonArray();
        for (String one : required) {
            names.add(one);
        }
        return new JsonObject()
                .put("type", "object")
                .put("properties", properties)
                .put("required", names);
    }

    static JsonObject string(String name) {
        return new JsonObject().put(name, new JsonObject().put("type", "string"));
    }

    private static String text(JsonObject sampled) {
        return sampled.getJsonObject("content").getString("text");
    }

    private static String told(JsonObject answer) {
        return "action=" + answer.getString("action") + ", content=" + answer.getValue("content");
    }
}
