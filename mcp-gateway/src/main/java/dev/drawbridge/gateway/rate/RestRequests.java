package dev.drawbridge.gateway.rate;

import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Counts the requests over REST. Those of MCP are counted by message, where they are answered.
@Singleton
final class RestRequests {
    /// Behind authentication (200) and authorization (100).
    private static final int LATE = 20;

    private final RequestRates rates;

    RestRequests(RequestRates rates) {
        this.rates = rates;
    }

    void register(@Observes Filters filters) {
        filters.register(this::count, LATE);
    }

    private void count(RoutingContext context) {
        try {
            if (context.normalizedPath().startsWith("/api/")) {
                CurrentCaller.of(context).ifPresent(rates::spend);
            }
            context.next();
        } catch (ProblemException limited) {
            Answers.problem(context, limited.problem());
        }
    }
}
