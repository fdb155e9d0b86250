package dev.drawbridge.gateway.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// What a client asks about resources.
sealed interface ResourceMessage {
    /// `resources/list`.
    record ListAll(Object id, @Nullable String cursor) implements ResourceMessage {}

    /// `resources/templates/list`, which has one page.
    record Templates(Object id, @Nullable String cursor) implements ResourceMessage {}

    /// `resources/read`.
    record Read(Object id, String uri) implements ResourceMessage {}

    /// `resources/subscribe`.
    record Subscribe(Object id, String uri) implements ResourceMessage {}

    /// `resources/unsubscribe`.
    record Unsubscribe(Object id, String uri) implements ResourceMessage {}

    /// `completion/complete` of a variable of a template.
    record Complete(
            Object id, String template, String variable, String written, Map<String, String> known)
            implements ResourceMessage {}

    /// Anything else, malformed messages too: not ours to answer.
    record Other() implements ResourceMessage {}

    /// Reads one message.
    static ResourceMessage read(Buffer body) {
        try {
            var message = new JsonObject(body);
            Object id = message.getValue("id");
            if (!"2.0".equals(message.getValue("jsonrpc"))
                    || !(id instanceof String || id instanceof Integer || id instanceof Long)) {
                return new Other();
            }
            JsonObject params = message.getJsonObject("params", new JsonObject());
            return switch (message.getString("method", "")) {
                case "resources/list" -> new ListAll(id, params.getString("cursor"));
                case "resources/templates/list" -> new Templates(id, params.getString("cursor"));
                case "resources/read" -> new Read(id, text(params, "uri"));
                case "resources/subscribe" -> new Subscribe(id, text(params, "uri"));
                case "resources/unsubscribe" -> new Unsubscribe(id, text(params, "uri"));
                case "completion/complete" -> complete(id, params);
                default -> new Other();
            };
        } catch (DecodeException | ClassCastException malformed) {
            return new Other();
        }
    }

    private static ResourceMessage complete(Object id, JsonObject params) {
        JsonObject reference = params.getJsonObject("ref", new JsonObject());
        if (!"ref/resource".equals(reference.getValue("type"))) {
            return new Other();
        }
        JsonObject argument = params.getJsonObject("argument", new JsonObject());
        Map<String, String> known = new HashMap<>();
        params.getJsonObject("context", new JsonObject())
                .getJsonObject("arguments", new JsonObject())
                .forEach(one -> known.put(one.getKey(), (String) one.getValue()));
        return new Complete(
                id, text(reference, "uri"), text(argument, "name"), text(argument, "value"), known);
    }

    /// @throws ClassCastException where there is no text
    private static String text(JsonObject object, String key) {
        if (object.getValue(key) instanceof String text) {
            return text;
        }
        throw new ClassCastException(key + " is no text");
    }
}
