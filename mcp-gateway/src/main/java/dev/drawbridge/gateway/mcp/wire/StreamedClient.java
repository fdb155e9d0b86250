package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.client.Ability;
import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.client.LogLevel;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// The client that waits for an answer on a stream.
///
/// @param logger as messages name where they come from
/// @param logLevel the least grave message that it wants to hear of; null if none
/// @param progressToken a string or a number that notifications of progress carry; null if it wants
///   none
public record StreamedClient(
        ReplyStream reply,
        String logger,
        Set<Ability> abilities,
        @Nullable LogLevel logLevel,
        @Nullable Object progressToken)
        implements Client {

    @Override
    public boolean hearsProgress() {
        return progressToken != null && reply.takesEvents();
    }

    @Override
    public void progress(double done, @Nullable Double total, @Nullable String message) {
        if (progressToken == null) {
            return;
        }
        var params = new JsonObject().put("progressToken", progressToken).put("progress", done);
        if (total != null) {
            params.put("total", total);
        }
        if (message != null) {
            params.put("message", message);
        }
        reply.notify("notifications/progress", params);
    }

    @Override
    public void log(LogLevel level, String text) {
        if (logLevel != null && level.compareTo(logLevel) >= 0) {
            reply.notify(
                    "notifications/message",
                    new JsonObject()
                            .put("level", level.text())
                            .put("logger", logger)
                            .put("data", text));
        }
    }

    /// A token as a request may say it.
    public static boolean isToken(@Nullable Object token) {
        return token instanceof String || token instanceof Integer || token instanceof Long;
    }
}
