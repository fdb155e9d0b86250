package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.client.InputRequest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// Questions to a client as JSON.
public final class QuestionJson {
    private QuestionJson() {}

    /// The members `method` and `params` of a request to the client.
    public static JsonObject of(InputRequest request) {
        return switch (request) {
            case InputRequest.Elicitation(var message, var schema) ->
                    call(
                            "elicitation/create",
                            new JsonObject()
                                    .put("message", message)
                                    .put("requestedSchema", schema));
            case InputRequest.Sampling(var prompt, var maxTokens) ->
                    call(
                            "sampling/createMessage",
                            new JsonObject()
                                    .put("messages", new JsonArray().add(said(prompt)))
                                    .put("maxTokens", maxTokens));
            case InputRequest.Roots() -> call("roots/list", new JsonObject());
        };
    }

    private static JsonObject call(String method, JsonObject params) {
        return new JsonObject().put("method", method).put("params", params);
    }

    private static JsonObject said(String text) {
        return new JsonObject()
                .put("role", "user")
                .put("content", new JsonObject().put("type", "text").put("text", text));
    }
}
