package dev.drawbridge.gateway.mcp.conformance;

import static dev.drawbridge.gateway.mcp.conformance.FixtureTool.said;

import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.client.Content;
import dev.drawbridge.gateway.client.LogLevel;
import dev.drawbridge.gateway.client.Outcome;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.tool.Tool;
import dev.drawbridge.gateway.tool.ToolAnswer;

import io.vertx.core.json.JsonObject;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.util.List;

/// The tools that the official conformance suite expects a server to have, of both eras, in our own
/// terms: so that what carries our tools is what is judged. On the class path of tests only.
@Singleton
final class Fixtures {
    /// A red pixel.
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    /// A header of a sound without samples.
    private static final String WAV =
            "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";

    /// What JSON Schema 2020-12 has, to see that nothing of it is lost.
    private static final String SCHEMA =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object",
             "$defs": {"address": {"$anchor": "addressDef", "type": "object",
                       "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
             "properties": {
               "name": {"type": "string"},
               "address": {"$ref": "#/$defs/address"},
               "contactMethod": {"type": "string", "enum": ["phone", "email"]},
               "phone": {"type": "string"},
               "email": {"type": "string"}},
             "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
             "if": {"properties": {"contactMethod": {"const": "phone"}},
                    "required": ["contactMethod"]},
             "then": {"required": ["phone"]},
             "else": {"required": ["email"]},
             "additionalProperties": false}
            """;

    @Produces
    @Singleton
    Tool simpleText() {
        return FixtureTool.of(
                "test_simple_text",
                "Answers with text.",
                false,
                _ -> said("This is a simple text response for testing."));
    }

    @Produces
    @Singleton
    Tool image() {
        return FixtureTool.of(
                "test_image_content",
                "Answers with an image.",
                false,
                _ -> said("", new Content.Image(PNG, "image/png")));
    }

    @Produces
    @Singleton
    Tool audio() {
        return FixtureTool.of(
                "test_audio_content",
                "Answers with a sound.",
                false,
                _ -> said("", new Content.Audio(WAV, "audio/wav")));
    }

    @Produces
    @Singleton
    Tool embedded() {
        return FixtureTool.of(
                "test_embedded_resource",
                "Answers with a resource.",
                false,
                _ ->
                        said(
                                "",
                                embedded(
                                        "test://embedded-resource",
                                        "text/plain",
                                        "This is an embedded resource content.")));
    }

    @Produces
    @Singleton
    Tool mixed() {
        return FixtureTool.of(
                "test_multiple_content_types",
                "Answers with several kinds.",
                false,
                _ ->
                        said(
                                "Multiple content types test:",
                                new Content.Image(PNG, "image/png"),
                                embedded(
                                        "test://mixed-content-resource",
                                        "application/json",
                                        "{\"test\":\"data\",\"value\":123}")));
    }

    @Produces
    @Singleton
    Tool error() {
        return FixtureTool.of(
                "test_error_handling",
                "Always fails.",
                false,
                _ ->
                        Outcome.done(
                                new ToolAnswer(
                                        "This tool intentionally returns an error for testing",
                                        List.of(),
                                        null,
                                        0,
                                        true)));
    }

    @Produces
    @Singleton
    Tool sessionLogging() {
        return logging("test_tool_with_logging");
    }

    @Produces
    @Singleton
    Tool statelessLogging() {
        return logging("test_logging_tool");
    }

    @Produces
    @Singleton
    Tool progress() {
        return FixtureTool.of(
                "test_tool_with_progress",
                "Tells its progress.",
                false,
                call -> {
                    call.client().progress(0, 100.0, null);
                    call.client().progress(50, 100.0, null);
                    call.client().progress(100, 100.0, null);
                    return said("done");
                });
    }

    @Produces
    @Singleton
    Tool schema() {
        return FixtureTool.of(
                "json_schema_2020_12_tool",
                "Has a schema of many keywords.",
                false,
                _ -> said("ok"),
                new JsonObject(SCHEMA));
    }

    @Produces
    @Singleton
    Tool toolChange(Changes changes) {
        return changing("test_trigger_tool_change", changes, new Change.Tools());
    }

    @Produces
    @Singleton
    Tool promptChange(Changes changes) {
        return changing("test_trigger_prompt_change", changes, new Change.Prompts());
    }

    private static Tool changing(String name, Changes changes, Change change) {
        return FixtureTool.of(
                name,
                "Says that a list changed.",
                false,
                _ -> {
                    changes.tell(change);
                    return said("told");
                });
    }

    private static Tool logging(String name) {
        return FixtureTool.of(
                name,
                "Logs while it works.",
                false,
                call -> {
                    call.client().log(LogLevel.INFO, "Tool execution started");
                    call.client().log(LogLevel.INFO, "Tool processing data");
                    call.client().log(LogLevel.INFO, "Tool execution completed");
                    return said("done");
                });
    }

    static Content embedded(String uri, String type, String text) {
        return new Content.Embedded(new ResourceContent.Text(uri, type, text));
    }
}
