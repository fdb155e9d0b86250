package dev.drawbridge.gateway.limit;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/// Counts the requests over REST against the limits of their callers, before anything of them is
/// read, and says what is left. Those of MCP are counted by message, where they are answered.
@Singleton
final class RestRequests {
    /// Behind authentication (200) and authorization (100).
    private static final int LATE = 20;

    private final Limits limits;

    RestRequests(Limits limits) {
        this.limits = limits;
    }

    void register(@Observes Filters filters) {
        filters.register(this::count, LATE);
    }

    private void count(RoutingContext context) {
        Optional<Caller> caller =
                context.normalizedPath().startsWith("/api/")
                        ? CurrentCaller.of(context)
                        : Optional.empty();
        if (caller.isEmpty()) {
            context.next();
            return;
        }
        String address = CurrentCaller.clientOf(context);
        context.addHeadersEndHandler(_ -> tell(context, caller.get(), address));
        limits.admit(caller.get(), address, null)
                .onSuccess(_ -> context.next())
                .onFailure(failure -> refuse(context, failure));
    }

    /// The limit that is nearest, as far as this process knows (RateLimit and RateLimit-Policy of
    /// draft-ietf-httpapi-ratelimit-headers-10).
    private void tell(RoutingContext context, Caller caller, @Nullable String address) {
        limits.nearest(caller, address)
                .ifPresent(use -> {
                    Limit limit = use.limit();
                    String name = '"' + limit.kind().name().toLowerCase(Locale.ROOT) + '"';
                    context.response()
                            .putHeader(
                                    "RateLimit-Policy",
                                    name
                                            + ";q="
                                            + limit.amount()
                                            + ";w="
                                            + Math.max(1, limit.window().toSeconds()))
                            .putHeader(
                                    "RateLimit",
                                    name
                                            + ";r="
                                            + use.left()
                                            + ";t="
                                            + use.untilFull().toSeconds());
                });
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        if (failure instanceof ProblemException limited) {
            Answers.problem(context, limited.problem());
        } else {
            context.fail(failure);
        }
    }
}
