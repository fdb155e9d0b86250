package dev.drawbridge.gateway.mcp.conformance;

import dev.drawbridge.gateway.client.Content;
import dev.drawbridge.gateway.client.InputRequest;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.PromptCall;
import dev.drawbridge.gateway.prompt.PromptMessage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The prompts that the suite expects.
@Singleton
final class PromptFixtures {
    private record FixturePrompt(
            String name,
            List<Argument> arguments,
            Function<PromptCall, Outcome<List<PromptMessage>>> does)
            implements Prompt {
        @Override
        public String title() {
            return name;
        }

        @Override
        public String description() {
            return "A prompt.";
        }

        @Override
        public Future<Outcome<List<PromptMessage>>> get(PromptCall call) {
            return Future.succeededFuture(does.apply(call));
        }
    }

    @Produces
    @Singleton
    Prompt simple() {
        return new FixturePrompt(
                "test_simple_prompt",
                List.of(),
                _ -> said(PromptMessage.ofUser("This is a simple prompt for testing.")));
    }

    @Produces
    @Singleton
    Prompt withArguments() {
        return new FixturePrompt(
                "test_prompt_with_arguments",
                List.of(
                        new Prompt.Argument("arg1", "First", true),
                        new Prompt.Argument("arg2", "Second", true)),
                call ->
                        said(
                                PromptMessage.ofUser(
                                        "Prompt with arguments: arg1='%s', arg2='%s'"
                                                .formatted(
                                                        call.arguments().get("arg1"),
                                                        call.arguments().get("arg2")))));
    }

    @Produces
    @Singleton
    Prompt withResource() {
        return new FixturePrompt(
                "test_prompt_with_embedded_resource",
                List.of(new Prompt.Argument("resourceUri", "URI", true)),
                call ->
                        said(
                                ofUser(
                                        Fixtures.embedded(
                                                call.arguments().getOrDefault("resourceUri", ""),
                                                "text/plain",
                                                "Embedded resource content for testing.")),
                                PromptMessage.ofUser(
                                        "Please process the embedded resource above.")));
    }

    @Produces
    @Singleton
    Prompt withImage() {
        return new FixturePrompt(
                "test_prompt_with_image",
                List.of(),
                _ ->
                        said(
                                ofUser(new Content.Image(Fixtures.PNG, "image/png")),
                                PromptMessage.ofUser("Please analyze the image above.")));
    }

    @Produces
    @Singleton
    Prompt asking() {
        var question =
                new InputRequest.Elicitation(
                        "What context should the prompt use?",
                        AskingFixtures.form(AskingFixtures.string("context"), "context"));
        return new FixturePrompt(
                "test_input_required_result_prompt",
                List.of(),
                call -> {
                    JsonObject form = call.inputs().accepted("user_context");
                    return form == null
                            ? new Outcome.InputRequired<>(Map.of("user_context", question), null)
                            : said(PromptMessage.ofUser("Context: " + form.getString("context")));
                });
    }

    private static Outcome<List<PromptMessage>> said(PromptMessage... messages) {
        return Outcome.done(List.of(messages));
    }

    private static PromptMessage ofUser(Content content) {
        return new PromptMessage(PromptMessage.Role.USER, content);
    }
}
