package dev.drawbridge.gateway.http;

import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Answers a refused credential on the MCP paths, before the extension's own failure handler, which
/// never ends the answer when the request's id is a string.
@Singleton
final class AuthenticationFailures {
    void register(@Observes Router router) {
        router.route("/mcp*")
                .order(Integer.MIN_VALUE)
                .failureHandler(AuthenticationFailures::answer);
    }

    private static void answer(RoutingContext context) {
        switch (context.failure()) {
            case AuthenticationException _, UnauthorizedException _ -> {
                context.response().putHeader("WWW-Authenticate", "Bearer");
                Answers.problem(
                        context, new Problem.Unauthenticated("Sign in, or send a valid token."));
            }
            case ForbiddenException _ ->
                    Answers.problem(context, new Problem.Forbidden("of the MCP endpoint"));
            case null, default -> context.next();
        }
    }
}
