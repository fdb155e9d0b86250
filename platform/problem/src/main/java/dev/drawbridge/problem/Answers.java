package dev.drawbridge.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;

/// A problem as the answer of a route, where JAX-RS is not there to map it.
public final class Answers {
    private Answers() {}

    /// Ends the answer with a problem.
    public static void problem(RoutingContext context, Problem problem) {
        var details = ProblemDetails.of(problem);
        Long retryAfter = details.retryAfterSeconds();
        if (retryAfter != null) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        context.response()
                .setStatusCode(problem.httpStatus())
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE)
                .end(Json.encodeToBuffer(details));
    }
}
