package dev.drawbridge.gateway.drain;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

/// Whether a message of MCP asks for something new; one that does not is an answer or a
/// notification.
///
/// @param id of what it asks; null for a batch, and where there is none
record Asked(boolean isRequest, @Nullable Object id) {

    /// Reads a body. What is no message asks for an answer that says so.
    static Asked of(@Nullable Buffer body) {
        try {
            return switch (body == null ? null : Json.decodeValue(body)) {
                case JsonObject message -> new Asked(asks(message), message.getValue("id"));
                case JsonArray batch -> new Asked(batch.stream().anyMatch(Asked::asks), null);
                case null, default -> new Asked(true, null);
            };
        } catch (DecodeException malformed) {
            return new Asked(true, null);
        }
    }

    private static boolean asks(Object message) {
        return !(message instanceof JsonObject object)
                || (object.containsKey("method") && object.containsKey("id"));
    }
}
