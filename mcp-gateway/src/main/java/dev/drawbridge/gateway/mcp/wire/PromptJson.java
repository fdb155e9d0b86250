package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.prompt.Prompt;
import dev.drawbridge.gateway.prompt.PromptMessage;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Locale;

/// Prompts as JSON.
public final class PromptJson {
    private PromptJson() {}

    /// An entry of `prompts/list`.
    public static JsonObject of(Prompt prompt) {
        var arguments = new JsonArray();
        for (Prompt.Argument argument : prompt.arguments()) {
            arguments.add(
                    new JsonObject()
                            .put("name", argument.name())
                            .put("description", argument.description())
                            .put("required", argument.required()));
        }
        return new JsonObject()
                .put("name", prompt.name())
                .put("title", prompt.title())
                .put("description", prompt.description())
                .put("arguments", arguments);
    }

    /// The result of `prompts/get`.
    public static JsonObject of(Prompt prompt, List<PromptMessage> messages) {
        var said = new JsonArray();
        messages.forEach(message ->
                said.add(
                        new JsonObject()
                                .put("role", message.role().name().toLowerCase(Locale.ROOT))
                                .put("content", ContentJson.of(message.content()))));
        return new JsonObject().put("description", prompt.description()).put("messages", said);
    }
}
