package dev.drawbridge.gateway.mcp.session;

import dev.drawbridge.gateway.mcp.wire.Revisions;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.Optional;

/// Lets a request pass that names a session of its caller, and takes the session in hand. Any other
/// session is not found, whether there is one or not. Requests of revisions without sessions pass.
@Singleton
final class McpSessions {
    static final String HEADER = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";

    /// Behind authentication (200) and authorization (100), before every route.
    private static final int LAST = 10;

    private static final Problem NOT_FOUND = new Problem.NotFound("MCP session", "of that id");

    private final Sessions sessions;
    private final SessionNews news;
    private final SessionStreams streams;

    McpSessions(Sessions sessions, SessionNews news, SessionStreams streams) {
        this.sessions = sessions;
        this.news = news;
        this.streams = streams;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, LAST);
    }

    private void check(RoutingContext context) {
        String id = context.request().getHeader(HEADER);
        Optional<Caller> caller = CurrentCaller.of(context);
        if (id == null
                || caller.isEmpty() // The path's policy has refused it, or will.
                || !context.normalizedPath().startsWith("/mcp")
                || isWithoutSessions(context)) {
            context.next();
            return;
        }
        SessionKey key = SessionKey.of(caller.get(), id);
        if (sessions.has(key, caller.get(), id)) {
            pass(context, key, id);
        } else {
            find(context, key, caller.get(), id);
        }
    }

    /// Whether a request is of a revision that knows no sessions, or of none that we know: those
    /// are answered without one.
    private static boolean isWithoutSessions(RoutingContext context) {
        String version = context.request().getHeader(VERSION);
        return version != null && !Revisions.hasSessions(version);
    }

    private void find(RoutingContext context, SessionKey key, Caller caller, String id) {
        context.request().pause();
        sessions.find(key, caller, id)
                .onComplete(found ->
                        onItsThread(
                                context,
                                () -> {
                                    if (found.failed()) {
                                        context.request().resume();
                                        JsonRpcBody.failed(context, found.cause());
                                    } else if (found.result() == null) {
                                        context.request().resume();
                                        Answers.problem(context, NOT_FOUND);
                                    } else {
                                        news.resume(id, found.result());
                                        pass(context, key, id);
                                        context.request().resume();
                                    }
                                }));
    }

    private void pass(RoutingContext context, SessionKey key, String id) {
        key.put(context);
        if (context.request().method().equals(HttpMethod.DELETE)) {
            end(context, key);
            return;
        }
        if (context.request().method().equals(HttpMethod.GET)) {
            CurrentCaller.of(context)
                    .ifPresent(caller ->
                            streams.follow(key, context, () -> sessions.has(key, caller, id)));
        }
        context.next();
    }

    private void end(RoutingContext context, SessionKey key) {
        Future<Void> ended = sessions.end(key);
        ended.onSuccess(_ -> news.tellEnded(List.of(key)))
                .onSuccess(_ -> context.end())
                .onFailure(failure -> JsonRpcBody.failed(context, failure));
    }

    /// Where the body arrives, so that none of it passes before somebody listens.
    private static void onItsThread(RoutingContext context, Runnable step) {
        ((HttpServerRequestInternal) context.request()).context().runOnContext(_ -> step.run());
    }
}
