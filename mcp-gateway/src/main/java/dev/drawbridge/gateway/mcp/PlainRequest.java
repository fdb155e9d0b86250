package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.mcp.wire.Revisions;

import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

/// Tells which requests we may answer in place of the extension.
final class PlainRequest {
    static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "Mcp-Protocol-Version";

    private PlainRequest() {}

    /// Whether the request is one that the extension would take, in a session that has begun.
    static boolean is(RoutingContext context, ConnectionManager sessions) {
        return connection(context, sessions) != null;
    }

    /// The session's connection, if the request is such a one. Asking for it keeps it from becoming
    /// idle.
    static @Nullable McpConnection connection(RoutingContext context, ConnectionManager sessions) {
        var headers = context.request().headers();
        String session = headers.get(SESSION);
        String accepted = headers.get(HttpHeaders.ACCEPT);
        String version = headers.get(VERSION);
        if (session == null
                || accepted == null
                || !accepted.contains("application/json")
                || !accepted.contains("text/event-stream")
                || !(version == null || Revisions.hasSessions(version))) {
            return null;
        }
        McpConnection known = sessions.get(session);
        return known != null && known.status() == McpConnection.Status.IN_OPERATION ? known : null;
    }
}
