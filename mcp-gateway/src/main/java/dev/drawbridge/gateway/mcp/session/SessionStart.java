package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkiverse.mcp.server.runtime.McpMessageHandler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Begins a session before the extension answers `initialize`, so that every replica knows it when
/// its client does. The extension would make one for whatever comes without a session, and keep
/// many of those for minutes; so nothing else of that kind reaches it.
@Singleton
final class SessionStart {
    /// The last before the extension's own route.
    private static final int ORDER = -1;

    private final Sessions sessions;
    private final SessionNews news;
    private final ExtensionConnections connections;

    SessionStart(Sessions sessions, SessionNews news, ExtensionConnections connections) {
        this.sessions = sessions;
        this.news = news;
        this.connections = connections;
    }

    void register(@Observes Router router) {
        router.post("/mcp/v1").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        Optional<Caller> caller = CurrentCaller.of(context);
        if (context.request().getHeader(McpSessions.HEADER) != null || caller.isEmpty()) {
            context.next();
            return;
        }
        JsonObject message = JsonRpcBody.message(context.body().buffer());
        Object id = message == null ? null : message.getValue("id");
        if (message == null || id == null || !"2.0".equals(message.getValue("jsonrpc"))) {
            refuse(context, id, JsonRpcBody.INVALID_REQUEST);
            return;
        }
        if (!"initialize".equals(message.getValue("method"))) {
            refuse(context, id, JsonRpcBody.METHOD_NOT_FOUND);
            return;
        }
        if (!accepts(context) || !isKnown(context.request().getHeader("MCP-Protocol-Version"))) {
            refuse(context, id, JsonRpcBody.INVALID_REQUEST);
            return;
        }
        try {
            begin(context, caller.get(), Initialization.parse(message.getValue("params")));
        } catch (ProblemException invalid) {
            Problem problem = invalid.problem();
            JsonRpcBody.refuse(
                    context,
                    id,
                    400,
                    JsonRpcBody.INVALID_PARAMS,
                    problem.code() + ": " + problem.detail());
        }
    }

    private void begin(RoutingContext context, Caller caller, Initialization initialization) {
        String id = ConnectionManager.connectionId();
        sessions.begin(SessionKey.of(caller, id), caller, id, initialization)
                .onSuccess(ended -> {
                    news.tellEnded(ended);
                    connections.begin(id);
                    context.request().headers().set(McpSessions.HEADER, id);
                    context.next();
                })
                .onFailure(failure -> JsonRpcBody.failed(context, failure));
    }

    private static void refuse(RoutingContext context, @Nullable Object id, int code) {
        JsonRpcBody.refuse(
                context,
                id,
                400,
                code,
                "VALIDATION_ERROR: Mcp-Session-Id: is required; a session begins with initialize,"
                        + " an Accept of application/json and text/event-stream, and an"
                        + " MCP-Protocol-Version, if any, of "
                        + McpMessageHandler.SUPPORTED_PROTOCOL_VERSIONS);
    }

    private static boolean isKnown(@Nullable String version) {
        return version == null || McpMessageHandler.SUPPORTED_PROTOCOL_VERSIONS.contains(version);
    }

    /// As the extension wants it.
    private static boolean accepts(RoutingContext context) {
        String accepted = String.join(",", context.request().headers().getAll(HttpHeaders.ACCEPT));
        return accepted.contains("application/json") && accepted.contains("text/event-stream");
    }
}
