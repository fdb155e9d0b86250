package dev.drawbridge.gateway.oauth;

import dev.drawbridge.gateway.oauth.ProtectedResource.Fault;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;

/// Tells who is refused on the MCP paths where to get a token, and refuses a token whose scopes let
/// nothing through.
@Singleton
final class Challenges {
    private static final String HEADER = "WWW-Authenticate";
    private static final String ASKED = "drawbridge.asked-path";
    private static final String SCHEME = "Bearer ";
    private static final int UNAUTHORIZED = 401;

    /// Before the path's other name is replaced (5000): the client knows the one it asked for.
    private static final int BEFORE_ALIAS = 7_000;

    /// Behind authentication (200) and authorization (100), before the sessions (10).
    private static final int BEHIND_AUTHORIZATION = 50;

    private final ProtectedResource resource;

    Challenges(ProtectedResource resource) {
        this.resource = resource;
    }

    void register(@Observes Filters filters) {
        if (resource.hasServers()) {
            filters.register(this::challenge, BEFORE_ALIAS);
            filters.register(this::requireScope, BEHIND_AUTHORIZATION);
        }
    }

    /// Runs again behind the rerouting of the path's other name, which forgets the handler.
    private void challenge(RoutingContext context) {
        String path = context.normalizedPath();
        if (isMcp(path)) {
            String asked = context.get(ASKED, path);
            context.put(ASKED, asked);
            context.addHeadersEndHandler(_ -> complete(context, asked));
        }
        context.next();
    }

    private void complete(RoutingContext context, String asked) {
        if (context.response().getStatusCode() == UNAUTHORIZED) {
            Fault fault = showsToken(context) ? Fault.INVALID : null;
            context.response()
                    .putHeader(HEADER, resource.challenge(asked, resource.scopes(), fault));
        }
    }

    /// What is no bearer's was judged by somebody else, or by nobody (RFC 6750 section 3.1).
    private static boolean showsToken(RoutingContext context) {
        String shown = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return shown != null && shown.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private void requireScope(RoutingContext context) {
        String path = context.normalizedPath();
        if (isMcp(path) && CurrentCaller.of(context).filter(Challenges::mayNothing).isPresent()) {
            refuse(
                    context,
                    resource.scopes(),
                    Fault.NO_SCOPE,
                    new Problem.Forbidden("of a scope that lets something through"));
        } else {
            context.next();
        }
    }

    /// Refuses a token whose scopes are too narrow.
    ///
    /// @param scopes all that are needed
    void refuse(RoutingContext context, List<String> scopes, Fault fault, Problem problem) {
        String asked = context.get(ASKED, context.normalizedPath());
        context.response().putHeader(HEADER, resource.challenge(asked, scopes, fault));
        Answers.problem(context, problem);
    }

    private static boolean mayNothing(Caller caller) {
        var scopes = caller.scopes();
        return caller.credential().type() == CredentialType.PROVIDER_TOKEN
                && scopes != null
                && scopes.levels().isEmpty();
    }

    private static boolean isMcp(String path) {
        return path.equals("/mcp") || path.startsWith("/mcp/");
    }
}
