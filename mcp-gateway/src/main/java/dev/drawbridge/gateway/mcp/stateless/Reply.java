package dev.drawbridge.gateway.mcp.stateless;

import dev.drawbridge.gateway.client.Client;
import dev.drawbridge.gateway.mcp.wire.ReplyStream;
import dev.drawbridge.gateway.mcp.wire.StreamedClient;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

/// The answer to one request.
///
/// @param server name and version, JSON
record Reply(Request request, ReplyStream stream, String server) {
    private static final int OK = 200;
    private static final String RPC = "{\"jsonrpc\":\"2.0\",\"id\":";
    private static final String METADATA = "\",\"_meta\":{\"" + RequestMeta.SERVER_INFO + "\":";

    /// Who waits for it.
    Client client() {
        RequestMeta meta = request.meta();
        return new StreamedClient(
                stream, request.method(), meta.abilities(), meta.logLevel(), meta.progressToken());
    }

    /// Answers.
    ///
    /// @return ends when the client has taken it, or never will
    Future<Void> end(Result result) {
        return stream.end(OK, message(result));
    }

    /// Answers with an error.
    Future<Void> end(RpcException failure) {
        return stream.end(failure.status(), message(request.id(), failure));
    }

    /// The answer to what is no request that could be read.
    ///
    /// @param id if it was found
    static void refuse(RoutingContext context, @Nullable Object id, RpcException failure) {
        var _ =
                context.response()
                        .setStatusCode(failure.status())
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(message(id, failure));
    }

    private Buffer message(Result result) {
        var json =
                Buffer.buffer(result.size() + 512)
                        .appendString(RPC)
                        .appendString(Json.encode(request.id()))
                        .appendString(",\"result\":{\"resultType\":\"")
                        .appendString(result.type())
                        .appendString(METADATA)
                        .appendString(server);
        String more = result.meta();
        json.appendString(more == null ? "}" : "," + more.substring(1));
        if (result.size() > 0) {
            result.members().accept(json.appendString(","));
        }
        return json.appendString("}}");
    }

    private static Buffer message(@Nullable Object id, RpcException failure) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("error", failure.error())
                .toBuffer();
    }
}
