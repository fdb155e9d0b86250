package dev.drawbridge.gateway.mcp.task;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What is kept of a task under seal: it holds rows and statements.
///
/// @param tool that was called
/// @param arguments of the call
/// @param requests questions without an answer yet, as MCP writes them
/// @param answers that came already
/// @param state that the tool wants back with the answers
/// @param result of the call, JSON
/// @param error in place of one
record TaskContent(
        String tool,
        JsonObject arguments,
        JsonObject requests,
        JsonObject answers,
        @Nullable JsonObject state,
        @Nullable String result,
        @Nullable JsonObject error) {

    static TaskContent of(String tool, JsonObject arguments) {
        return new TaskContent(
                tool, arguments, new JsonObject(), new JsonObject(), null, null, null);
    }

    TaskContent withQuestions(JsonObject asked, @Nullable JsonObject kept) {
        return new TaskContent(tool, arguments, asked, new JsonObject(), kept, null, null);
    }

    /// Takes answers to what is asked; the rest of them is nobody's.
    TaskContent withAnswers(Map<String, JsonObject> given) {
        JsonObject open = requests.copy();
        JsonObject known = answers.copy();
        given.forEach((key, answer) -> {
            if (open.remove(key) != null) {
                known.put(key, answer);
            }
        });
        return new TaskContent(tool, arguments, open, known, state, null, null);
    }

    TaskContent withResult(String json) {
        return new TaskContent(
                tool, new JsonObject(), new JsonObject(), new JsonObject(), null, json, null);
    }

    TaskContent withError(JsonObject problem) {
        return new TaskContent(
                tool, new JsonObject(), new JsonObject(), new JsonObject(), null, null, problem);
    }

    Map<String, JsonObject> answersByKey() {
        Map<String, JsonObject> byKey = new HashMap<>();
        answers.fieldNames().forEach(key -> byKey.put(key, answers.getJsonObject(key)));
        return byKey;
    }

    byte[] bytes() {
        return new JsonObject()
                .put("tool", tool)
                .put("arguments", arguments)
                .put("requests", requests)
                .put("answers", answers)
                .put("state", state)
                .put("result", result)
                .put("error", error)
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }

    static TaskContent of(byte[] bytes) {
        var json = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
        return new TaskContent(
                json.getString("tool"),
                json.getJsonObject("arguments"),
                json.getJsonObject("requests"),
                json.getJsonObject("answers"),
                json.getJsonObject("state"),
                json.getString("result"),
                json.getJsonObject("error"));
    }
}
