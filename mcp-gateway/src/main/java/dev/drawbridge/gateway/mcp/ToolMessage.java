package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.mcp.wire.StreamedClient;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

/// What a client says about tools and answers to us, as far as we take it ourselves.
sealed interface ToolMessage {
    /// `tools/call`.
    ///
    /// @param id a string or a whole number
    /// @param progressToken a string or a whole number; null without one
    record Call(Object id, String tool, JsonObject arguments, @Nullable Object progressToken)
            implements ToolMessage {}

    /// `tools/list`, from its beginning.
    record ListAll(Object id) implements ToolMessage {}

    /// The answer to a question of ours.
    ///
    /// @param message whole
    record Answer(String id, JsonObject message) implements ToolMessage {}

    /// `notifications/cancelled`.
    record Cancelled(Object id) implements ToolMessage {}

    /// Anything else, malformed messages too: not ours to answer.
    record Other() implements ToolMessage {}

    /// Reads one message.
    static ToolMessage read(Buffer body) {
        try {
            var message = new JsonObject(body);
            if (!"2.0".equals(message.getValue("jsonrpc"))) {
                return new Other();
            }
            if (!message.containsKey("method") && message.getValue("id") instanceof String id) {
                return new Answer(id, message);
            }
            if (!(message.getValue("method") instanceof String method)
                    || !(message.getValue("params", new JsonObject())
                            instanceof JsonObject params)) {
                return new Other();
            }
            return switch (method) {
                case "tools/list" -> list(message.getValue("id"), params);
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

    private static ToolMessage list(@Nullable Object id, JsonObject params) {
        return id != null && isId(id) && !params.containsKey("cursor")
                ? new ListAll(id)
                : new Other();
    }

    private static ToolMessage call(@Nullable Object id, JsonObject params) {
        Object arguments = params.getValue("arguments");
        if (id == null || !isId(id) || !(params.getValue("name") instanceof String tool)) {
            return new Other();
        }
        return switch (arguments) {
            case null -> new Call(id, tool, new JsonObject(), progressToken(params));
            case JsonObject object -> new Call(id, tool, object, progressToken(params));
            default -> new Other();
        };
    }

    private static @Nullable Object progressToken(JsonObject params) {
        return params.getValue("_meta") instanceof JsonObject meta
                        && StreamedClient.isToken(meta.getValue("progressToken"))
                ? meta.getValue("progressToken")
                : null;
    }

    private static boolean isId(@Nullable Object id) {
        return id instanceof String || id instanceof Integer || id instanceof Long;
    }
}
