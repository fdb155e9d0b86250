package dev.drawbridge.gateway.mcp.wire;

import dev.drawbridge.gateway.tool.Selection;
import dev.drawbridge.gateway.tool.Selections;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What a client chose of the tools at the URL that it was given, for every request there.
@Singleton
public final class SelectedTools {
    private static final String CHOSEN = SelectedTools.class.getName();

    /// Behind authentication (200) and authorization (100): who may not come in learns nothing.
    private static final int LATE = 20;

    private final Selections selections;

    SelectedTools(Selections selections) {
        this.selections = selections;
    }

    /// What was chosen for a request that has passed here.
    public static Selection of(RoutingContext context) {
        Selection chosen = context.get(CHOSEN);
        return chosen == null ? Selection.EVERYTHING : chosen;
    }

    void register(@Observes Filters filters) {
        filters.register(this::choose, LATE);
    }

    private void choose(RoutingContext context) {
        try {
            if (context.normalizedPath().startsWith("/mcp")) {
                CurrentCaller.of(context)
                        .ifPresent(caller ->
                                context.put(CHOSEN, selections.of(caller, context.queryParams())));
            }
            context.next();
        } catch (ProblemException refused) {
            Answers.problem(context, refused.problem());
        }
    }
}
