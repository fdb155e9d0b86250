package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.mcp.wire.Revisions;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// Reads a body as far as the protocol prescribes it, and tells which era it is of.
final class Envelope {
    /// What every request of this revision holds, and hardly any other.
    private static final byte[] SIGN =
            RequestMeta.VERSION
                    .substring(RequestMeta.PREFIX.length())
                    .getBytes(StandardCharsets.US_ASCII);

    private Envelope() {}

    /// Whether a request is to be answered without a session: its header names a revision that has
    /// none, or that nobody knows, or its body says one at all.
    ///
    /// @param version the header `MCP-Protocol-Version`
    static boolean isStateless(@Nullable String version, Buffer body) {
        if (version != null && !Revisions.hasSessions(version)) {
            return true;
        }
        if (!holds(body, SIGN)) {
            return false;
        }
        try {
            return meta(new JsonObject(body)).containsKey(RequestMeta.VERSION);
        } catch (DecodeException | ClassCastException malformed) {
            return false;
        }
    }

    /// The id of a message, to answer it with however wrong the rest may be; null without one.
    static @Nullable Object id(JsonObject message) {
        return switch (message.getValue("id")) {
            case String text -> text;
            case Integer number -> number;
            case Long number -> number;
            case null, default -> null;
        };
    }

    /// Parses a body.
    ///
    /// @throws RpcException −32700, or −32600 for a batch, which this revision has not
    static JsonObject message(Buffer body) {
        try {
            if (Json.decodeValue(body) instanceof JsonObject message) {
                return message;
            }
        } catch (DecodeException malformed) {
            throw RpcException.unparsable();
        }
        throw RpcException.invalidRequest("body: is no object; there are no batches");
    }

    /// The request in a message with an id.
    ///
    /// @param version the header `MCP-Protocol-Version`
    /// @throws RpcException −32600, −32602, −32020, −32022
    static Request request(JsonObject message, Object id, @Nullable String version) {
        String method = method(message);
        JsonObject params =
                message.getValue("params") instanceof JsonObject object ? object : new JsonObject();
        JsonObject meta = meta(message);
        if (!(meta.getValue(RequestMeta.VERSION) instanceof String said)) {
            if (version != null && !Revisions.ALL.contains(version)) {
                throw RpcException.unsupportedVersion(version);
            }
            throw RpcException.missing("_meta." + RequestMeta.VERSION, "is missing");
        }
        if (!said.equals(version)) {
            throw RpcException.headerMismatch(
                    "MCP-Protocol-Version",
                    version == null
                            ? "is missing"
                            : "is another than params._meta." + RequestMeta.VERSION);
        }
        if (!said.equals(Revisions.STATELESS)) {
            throw RpcException.unsupportedVersion(said);
        }
        return new Request(id, method, params, RequestMeta.of(meta));
    }

    /// The method of a message.
    ///
    /// @throws RpcException −32600
    static String method(JsonObject message) {
        if (!"2.0".equals(message.getValue("jsonrpc"))) {
            throw RpcException.invalidRequest("jsonrpc: is not 2.0");
        }
        if (!(message.getValue("method") instanceof String method)) {
            throw RpcException.invalidRequest("method: is missing; there are no responses");
        }
        return method;
    }

    private static JsonObject meta(JsonObject message) {
        return message.getValue("params") instanceof JsonObject params
                        && params.getValue("_meta") instanceof JsonObject meta
                ? meta
                : new JsonObject();
    }

    private static boolean holds(Buffer body, byte[] sign) {
        byte[] bytes = body.getBytes();
        for (int at = 0; at <= bytes.length - sign.length; at++) {
            int same = 0;
            while (same < sign.length && bytes[at + same] == sign[same]) {
                same++;
            }
            if (same == sign.length) {
                return true;
            }
        }
        return false;
    }
}
