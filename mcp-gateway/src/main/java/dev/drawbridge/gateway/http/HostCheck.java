package dev.drawbridge.gateway.http;

import dev.drawbridge.audit.Refusals;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Set;

/// Answers only under the names that were configured, compared whole: a prefix test would take
/// `localhost.evil.example` for `localhost`. Guards every path, before authentication.
@Singleton
final class HostCheck {
    /// Before CORS (300), authentication (200) and everything of the extensions.
    private static final int FIRST = 10_000;

    private final Set<String> hosts;
    private final Set<String> origins;
    private final Refusals refusals;

    HostCheck(HttpConfig config, Refusals refusals) {
        this.hosts = Set.copyOf(config.allowedHosts());
        this.origins = Set.copyOf(config.allowedOrigins().orElse(List.of()));
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!hostAllowed(request.getHeader(HttpHeaders.HOST))) {
            refuse(context, "of this Host");
        } else if (!originAllowed(request.getHeader(HttpHeaders.ORIGIN))) {
            refuse(context, "of this Origin");
        } else {
            context.next();
        }
    }

    private void refuse(RoutingContext context, String what) {
        var problem = new Problem.Forbidden(what);
        refusals.record(null, context.request(), ProblemDetails.of(problem));
        Answers.problem(context, problem);
    }

    boolean hostAllowed(@Nullable String host) {
        return host != null && (hosts.contains(host) || hosts.contains(withoutPort(host)));
    }

    boolean originAllowed(@Nullable String origin) {
        if (origin == null || origins.contains(origin)) {
            return true;
        }
        try {
            URI uri = URI.create(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && hostAllowed(uri.getRawAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0 && colon > host.lastIndexOf(']');
        return port ? host.substring(0, colon) : host;
    }
}
