package dev.drawbridge.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.McpClient;

import io.vertx.core.json.JsonObject;

import java.util.Map;

/// What the tests of prompts share: prompts as a client gets them.
abstract class PromptCase extends GatewayCase {
    /// The text of a prompt.
    String prompt(String caller, String name, Map<String, String> arguments) {
        JsonObject answer = get(caller, name, arguments);
        assertThat(answer.containsKey("messages")).as(answer.encode()).isTrue();
        return answer.getJsonArray("messages")
                .getJsonObject(0)
                .getJsonObject("content")
                .getString("text");
    }

    /// The message of the error that a prompt is refused with.
    String refusal(String caller, String name, Map<String, String> arguments) {
        JsonObject answer = get(caller, name, arguments);
        assertThat(answer.containsKey("error")).as(answer.encode()).isTrue();
        return answer.getJsonObject("error").getString("message");
    }

    /// The `result`, or the whole answer when it is an error.
    JsonObject get(String caller, String name, Map<String, String> arguments) {
        return McpClient.connect(endpoint, caller)
                .request(
                        "prompts/get",
                        new JsonObject()
                                .put("name", name)
                                .put("arguments", new JsonObject(Map.copyOf(arguments))));
    }
}
