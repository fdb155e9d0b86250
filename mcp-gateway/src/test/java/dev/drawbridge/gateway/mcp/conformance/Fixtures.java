package dev.drawbridge.gateway.mcp.conformance;

import io.quarkiverse.mcp.server.AudioContent;
import io.quarkiverse.mcp.server.CompletePrompt;
import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.Content;
import io.quarkiverse.mcp.server.Elicitation;
import io.quarkiverse.mcp.server.ElicitationRequest.BooleanSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.EnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.IntegerSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.MultiSelectEnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.NumberSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.SingleSelectEnumSchema;
import io.quarkiverse.mcp.server.ElicitationRequest.StringSchema;
import io.quarkiverse.mcp.server.ElicitationResponse;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.McpLog;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.ProgressTracker;
import io.quarkiverse.mcp.server.Prompt;
import io.quarkiverse.mcp.server.PromptArg;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.Sampling;
import io.quarkiverse.mcp.server.SamplingMessage;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolCallException;
import io.smallrye.mutiny.Uni;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Locale;

/// What the official conformance suite expects a server to have. On the class path of tests only.
@Singleton
final class Fixtures {
    /// A red pixel.
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    /// A header of a sound without samples.
    private static final String WAV =
            "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

    @Tool(name = "test_simple_text", description = "Answers with text.")
    String simpleText() {
        return "This is a simple text response for testing.";
    }

    @Tool(name = "test_image_content", description = "Answers with an image.")
    ImageContent image() {
        return new ImageContent(PNG, "image/png");
    }

    @Tool(name = "test_audio_content", description = "Answers with a sound.")
    AudioContent audio() {
        return new AudioContent(WAV, "audio/wav");
    }

    @Tool(name = "test_embedded_resource", description = "Answers with a resource.")
    EmbeddedResource embedded() {
        return embedded("test://embedded-resource", "This is an embedded resource content.");
    }

    @Tool(name = "test_multiple_content_types", description = "Answers with several kinds.")
    List<Content> mixed() {
        return List.of(
                new TextContent("Multiple content types test:"),
                new ImageContent(PNG, "image/png"),
                embedded("test://mixed-content-resource", "{\"test\":\"data\",\"value\":123}"));
    }

    @Tool(name = "test_error_handling", description = "Always fails.")
    String error() {
        throw new ToolCallException("This tool intentionally returns an error for testing");
    }

    @Tool(name = "test_tool_with_logging", description = "Logs while it works.")
    String logging(McpLog log) {
        log.info("Tool execution started");
        log.info("Tool processing data");
        log.info("Tool execution completed");
        return "done";
    }

    @Tool(name = "test_tool_with_progress", description = "Tells its progress.")
    Uni<String> progress(Progress progress) {
        if (progress.token().isEmpty()) {
            return Uni.createFrom().item("no one asked");
        }
        ProgressTracker tracker =
                progress.trackerBuilder().setTotal(100L).setDefaultStep(50L).build();
        return tracker.advance(java.math.BigDecimal.ZERO)
                .chain(() -> tracker.advance(java.math.BigDecimal.valueOf(50)))
                .chain(() -> tracker.advance(java.math.BigDecimal.valueOf(50)))
                .replaceWith("done");
    }

    @Tool(name = "test_sampling", description = "Asks the client's model.")
    Uni<String> sampling(@ToolArg(description = "What to ask") String prompt, Sampling sampling) {
        return sampling.requestBuilder()
                .setMaxTokens(100)
                .addMessage(SamplingMessage.withUserRole(prompt))
                .build()
                .send()
                .map(answer -> "LLM response: " + answer.content().asText().text());
    }

    @Tool(name = "test_elicitation", description = "Asks the person.")
    Uni<String> elicitation(
            @ToolArg(description = "What to ask") String message, Elicitation elicitation) {
        return elicitation
                .requestBuilder()
                .setMessage(message)
                .addSchemaProperty("username", new StringSchema(true))
                .addSchemaProperty("email", new StringSchema(true))
                .build()
                .send()
                .map(answer -> "User response: " + told(answer));
    }

    @Tool(name = "test_elicitation_sep1034_defaults", description = "Asks with defaults.")
    Uni<String> defaults(Elicitation elicitation) {
        return elicitation
                .requestBuilder()
                .setMessage("Please review")
                .addSchemaProperty(
                        "name", StringSchema.builder().setDefaultValue("John Doe").build())
                .addSchemaProperty("age", new IntegerSchema(30))
                .addSchemaProperty("score", new NumberSchema(95.5))
                .addSchemaProperty(
                        "status",
                        SingleSelectEnumSchema.builder(List.of("active", "inactive", "pending"))
                                .setDefaultValue("active")
                                .build())
                .addSchemaProperty(
                        "verified", BooleanSchema.builder().setDefaultValue(true).build())
                .build()
                .send()
                .map(answer -> "Elicitation completed: " + told(answer));
    }

    @Tool(name = "test_elicitation_sep1330_enums", description = "Asks for choices.")
    Uni<String> enums(Elicitation elicitation) {
        List<String> options = List.of("option1", "option2", "option3");
        List<String> values = List.of("value1", "value2", "value3");
        return elicitation
                .requestBuilder()
                .setMessage("Please choose")
                .addSchemaProperty(
                        "untitledSingle", SingleSelectEnumSchema.builder(options).build())
                .addSchemaProperty(
                        "titledSingle",
                        SingleSelectEnumSchema.builder(values)
                                .setEnumTitles(
                                        List.of("First Option", "Second Option", "Third Option"))
                                .build())
                .addSchemaProperty(
                        "legacyEnum",
                        EnumSchema.builder(List.of("opt1", "opt2", "opt3"))
                                .setEnumNames(List.of("Option One", "Option Two", "Option Three"))
                                .build())
                .addSchemaProperty("untitledMulti", MultiSelectEnumSchema.builder(options).build())
                .addSchemaProperty(
                        "titledMulti",
                        MultiSelectEnumSchema.builder(values)
                                .setEnumTitles(
                                        List.of("First Choice", "Second Choice", "Third Choice"))
                                .build())
                .build()
                .send()
                .map(answer -> "Elicitation completed: " + told(answer));
    }

    @Prompt(name = "test_simple_prompt", description = "A prompt.")
    PromptMessage simplePrompt() {
        return PromptMessage.withUserRole("This is a simple prompt for testing.");
    }

    @Prompt(name = "test_prompt_with_arguments", description = "A prompt with arguments.")
    PromptMessage promptWithArguments(
            @PromptArg(description = "First") String arg1,
            @PromptArg(description = "Second") String arg2) {
        return PromptMessage.withUserRole(
                "Prompt with arguments: arg1='%s', arg2='%s'".formatted(arg1, arg2));
    }

    @CompletePrompt("test_prompt_with_arguments")
    CompletionResponse completeArg1(String arg1) {
        return CompletionResponse.create("paris", "park", "party");
    }

    @Prompt(name = "test_prompt_with_embedded_resource", description = "A prompt with a resource.")
    List<PromptMessage> promptWithResource(@PromptArg(description = "URI") String resourceUri) {
        return List.of(
                PromptMessage.withUserRole(
                        embedded(resourceUri, "Embedded resource content for testing.")),
                PromptMessage.withUserRole("Please process the embedded resource above."));
    }

    @Prompt(name = "test_prompt_with_image", description = "A prompt with an image.")
    List<PromptMessage> promptWithImage() {
        return List.of(
                PromptMessage.withUserRole(new ImageContent(PNG, "image/png")),
                PromptMessage.withUserRole("Please analyze the image above."));
    }

    private static EmbeddedResource embedded(String uri, String text) {
        return new EmbeddedResource(new TextResourceContents(uri, text, "text/plain"));
    }

    private static String told(ElicitationResponse answer) {
        return "action="
                + answer.action().name().toLowerCase(Locale.ROOT)
                + ", content="
                + answer.content().asMap();
    }
}
