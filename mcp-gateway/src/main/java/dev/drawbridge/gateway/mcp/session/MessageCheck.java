package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.gateway.mcp.wire.Revisions;

import io.quarkiverse.mcp.server.runtime.McpConnectionBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/// Refuses what the extension would write into the log as its client sent it, with a stack: a body
/// that is no JSON, and a cursor that is none. And batches, which it answers in every revision.
@Singleton
final class MessageCheck {
    /// Behind the calls of tools (-4), which are read there, before everything that reads more.
    private static final int ORDER = -3;

    private static final int PARSE_ERROR = -32_700;

    private static final int MOMENT = Long.BYTES + Integer.BYTES;

    private static final Set<String> WITH_CURSOR =
            Set.of("tools/list", "resources/list", "resources/templates/list", "prompts/list");

    private final ExtensionConnections connections;

    MessageCheck(ExtensionConnections connections) {
        this.connections = connections;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        String session = context.request().getHeader(McpSessions.HEADER);
        Buffer body = context.body().buffer();
        if (session == null || body == null) {
            context.next();
            return;
        }
        try {
            switch (Json.decodeValue(body)) {
                case JsonArray _ when !takesBatches(session) ->
                        refuse(
                                context,
                                JsonRpcBody.INVALID_REQUEST,
                                "body: is a batch, and MCP has none since 2025-06-18");
                case JsonArray batch when !batch.stream().allMatch(MessageCheck::hasGoodCursor) ->
                        refuse(
                                context,
                                JsonRpcBody.INVALID_REQUEST,
                                "cursor: is none of this list");
                case JsonObject message when !hasGoodCursor(message) ->
                        JsonRpcBody.refuse(
                                context,
                                message.getValue("id"),
                                200,
                                JsonRpcBody.INVALID_PARAMS,
                                "VALIDATION_ERROR: cursor: is none of this list");
                case null, default -> context.next();
            }
        } catch (DecodeException malformed) {
            refuse(context, PARSE_ERROR, "body: is no JSON");
        }
    }

    private static void refuse(RoutingContext context, int code, String why) {
        JsonRpcBody.refuse(context, null, 400, code, "VALIDATION_ERROR: " + why);
    }

    private boolean takesBatches(String session) {
        McpConnectionBase connection = connections.find(session);
        return connection != null
                && Revisions.hasBatches(connection.initialRequest().protocolVersion());
    }

    private static boolean hasGoodCursor(Object message) {
        return !(message instanceof JsonObject object)
                || !(object.getValue("method") instanceof String method)
                || !WITH_CURSOR.contains(method)
                || !(object.getValue("params") instanceof JsonObject params)
                || isCursor(params.getValue("cursor"));
    }

    /// The extension's own are two moments, and say nothing of a caller.
    private static boolean isCursor(@Nullable Object cursor) {
        if (!(cursor instanceof String text)) {
            return cursor == null;
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            return bytes.remaining() == 2 * MOMENT && isMoment(bytes) && isMoment(bytes);
        } catch (IllegalArgumentException foreign) {
            return false;
        }
    }

    private static boolean isMoment(ByteBuffer bytes) {
        long second = bytes.getLong();
        int nanos = bytes.getInt();
        return second >= Instant.MIN.getEpochSecond()
                && second <= Instant.MAX.getEpochSecond()
                && nanos >= 0
                && nanos < 1_000_000_000;
    }
}
