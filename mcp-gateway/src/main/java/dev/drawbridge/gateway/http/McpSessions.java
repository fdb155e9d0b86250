package dev.drawbridge.gateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;

import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Binds each MCP session of the extension to the caller that began it, and bounds how many there
/// are. A session id is a name: with another caller's credential it names nothing.
@Singleton
final class McpSessions {
    private static final String HEADER = "Mcp-Session-Id";

    /// Behind authentication (200) and authorization (100), before the extension's own route.
    private static final int LAST = 10;

    private final Cache<String, UUID> owners;
    private final Map<UUID, Deque<String>> byOwner = new ConcurrentHashMap<>();
    private final ConnectionManager extension;
    private final int perCaller;

    McpSessions(HttpConfig config, ConnectionManager extension) {
        this.extension = extension;
        this.perCaller = config.sessionsPerCaller();
        this.owners =
                Caffeine.newBuilder()
                        .maximumSize(config.sessions())
                        .expireAfterAccess(config.sessionIdleTimeout())
                        .executor(Runnable::run)
                        .<String, UUID>removalListener((id, owner, _) -> ended(id, owner))
                        .build();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, LAST);
    }

    private void check(RoutingContext context) {
        if (!context.normalizedPath().startsWith("/mcp")) {
            context.next();
            return;
        }
        Optional<Caller> caller = CurrentCaller.of(context);
        String session = context.request().getHeader(HEADER);
        if (caller.isEmpty()) {
            context.next(); // The path's policy has refused it, or will.
        } else if (session == null) {
            context.addHeadersEndHandler(_ -> bind(context, caller.get()));
            context.next();
        } else if (caller.get().id().equals(owners.getIfPresent(session))) {
            if (context.request().method().equals(HttpMethod.DELETE)) {
                context.addEndHandler(_ -> owners.invalidate(session));
            }
            context.next();
        } else {
            Answers.problem(context, new Problem.NotFound("MCP session", "of that id"));
        }
    }

    /// The answer to `initialize` carries the new session's id.
    private void bind(RoutingContext context, Caller caller) {
        String begun = context.response().headers().get(HEADER);
        if (begun == null) {
            return;
        }
        owners.put(begun, caller.id());
        byOwner.compute(
                caller.id(),
                (_, known) -> {
                    Deque<String> sessions = known == null ? new ArrayDeque<>() : known;
                    sessions.addLast(begun);
                    return sessions;
                });
        String oldest = overdue(caller.id());
        if (oldest != null) {
            owners.invalidate(oldest);
        }
    }

    private @Nullable String overdue(UUID owner) {
        var oldest = new String[1];
        byOwner.computeIfPresent(
                owner,
                (_, sessions) -> {
                    if (sessions.size() > perCaller) {
                        oldest[0] = sessions.pollFirst();
                    }
                    return sessions;
                });
        return oldest[0];
    }

    private void ended(@Nullable String session, @Nullable UUID owner) {
        if (session == null || owner == null) {
            return;
        }
        extension.remove(session);
        byOwner.computeIfPresent(
                owner,
                (_, sessions) -> {
                    sessions.remove(session);
                    return sessions.isEmpty() ? null : sessions;
                });
    }
}
