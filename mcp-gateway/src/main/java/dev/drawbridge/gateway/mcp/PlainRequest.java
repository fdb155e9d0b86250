package dev.drawbridge.gateway.mcp;

import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

import java.util.Set;

/// Tells which requests we may answer in place of the extension.
final class PlainRequest {
    static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "Mcp-Protocol-Version";

    /// The revisions with sessions; the last two without this header.
    private static final Set<String> VERSIONS =
            Set.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private PlainRequest() {}

    /// Whether the request is one that the extension would take, in a session that has begun.
    /// Asking for the session keeps it from becoming idle.
    static boolean is(RoutingContext context, ConnectionManager sessions) {
        var headers = context.request().headers();
        String session = headers.get(SESSION);
        String accepted = headers.get(HttpHeaders.ACCEPT);
        String version = headers.get(VERSION);
        McpConnection known = session == null ? null : sessions.get(session);
        return accepted != null
                && accepted.contains("application/json")
                && accepted.contains("text/event-stream")
                && (version == null || VERSIONS.contains(version))
                && known != null
                && known.status() == McpConnection.Status.IN_OPERATION;
    }
}
