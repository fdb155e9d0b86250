package dev.drawbridge.gateway.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

/// What a client says about tool calls, as far as we answer it ourselves.
sealed interface ToolMessage {
    /// `tools/call`.
    ///
    /// @param id a string or a whole number
    record Call(Object id, String tool, JsonObject arguments) implements ToolMessage {}

    /// `notifications/cancelled`.
    record Cancelled(Object id) implements ToolMessage {}

    /// Anything else, malformed messages too: not ours to answer.
    record Other() implements ToolMessage {}

    /// Reads one message.
    static ToolMessage read(Buffer body) {
        try {
            var message = new JsonObject(body);
            if (!"2.0".equals(message.getValue("jsonrpc"))
                    || !(message.getValue("method") instanceof String method)
                    || !(message.getValue("params") instanceof JsonObject params)) {
                return new Other();
            }
            return switch (method) {
                case "tools/call" -> call(message.getValue("id"), params);
                case "notifications/cancelled" ->
                        isId(params.getValue("requestId"))
                                ? new Cancelled(params.getValue("requestId"))
                                : new Other();
                default -> new Other();
            };
        } catch (DecodeException | ClassCastException malformed) {
            return new Other();
        }
    }

    private static ToolMessage call(@Nullable Object id, JsonObject params) {
        Object arguments = params.getValue("arguments");
        if (id == null || !isId(id) || !(params.getValue("name") instanceof String tool)) {
            return new Other();
        }
        return switch (arguments) {
            case null -> new Call(id, tool, new JsonObject());
            case JsonObject object -> new Call(id, tool, object);
            default -> new Other();
        };
    }

    private static boolean isId(@Nullable Object id) {
        return id instanceof String || id instanceof Integer || id instanceof Long;
    }
}
