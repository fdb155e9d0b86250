package dev.drawbridge.gateway.client;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What a client answered when it was asked, with what was to be remembered meanwhile.
///
/// @param answers by the key of the question; there may be fewer than were asked for, and others
/// @param state what the feature gave along with its questions, unchanged; null without such
public record Inputs(Map<String, JsonObject> answers, @Nullable JsonObject state) {
    /// Nobody was asked yet.
    public static final Inputs NONE = new Inputs(Map.of(), null);

    public @Nullable JsonObject answer(String key) {
        return answers.get(key);
    }

    /// What a person filled in, if it accepted the form.
    public @Nullable JsonObject accepted(String key) {
        JsonObject answer = answers.get(key);
        return answer != null
                        && "accept".equals(answer.getValue("action"))
                        && answer.getValue("content") instanceof JsonObject content
                ? content
                : null;
    }
}
