package dev.drawbridge.gateway.http;

import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The paths of the MCP endpoint: `/mcp` is another name of `/mcp/v1`. The extension's transport of
/// 2024-11-05 (a stream, and a path to post to) is not offered, because its sessions are bound to
/// nobody and not bounded; clients of that revision speak the streamable one too.
@Singleton
final class McpPaths {
    private static final String ENDPOINT = "/mcp/v1";

    /// Behind the check of Host and Origin, before authentication (200).
    private static final int EARLY = 5_000;

    /// Behind authentication (200) and authorization (100): who may not come in learns nothing.
    private static final int LATE = 20;

    void register(@Observes Filters filters) {
        filters.register(McpPaths::alias, EARLY);
        filters.register(McpPaths::refuseStreams, LATE);
    }

    private static void alias(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.equals("/mcp") || path.equals("/mcp/")) {
            String query = context.request().query();
            context.reroute(query == null ? ENDPOINT : ENDPOINT + "?" + query);
        } else {
            context.next();
        }
    }

    private static void refuseStreams(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.startsWith(ENDPOINT + "/sse") || path.startsWith(ENDPOINT + "/messages")) {
            Answers.problem(
                    context, new Problem.NotFound("stream", "of 2024-11-05; use " + ENDPOINT));
        } else {
            context.next();
        }
    }
}
