package dev.drawbridge.audit;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.http.HttpServerRequest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;

import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;

/// Records every REST request that was refused for who sent it. What an endpoint open to everyone
/// is shown, such as a password, it judges and records itself.
public final class RefusedRequests {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final String UNKNOWN = new Problem.Unauthenticated("").code();

    private final Refusals refusals;
    private final CurrentCaller current;

    RefusedRequests(Refusals refusals, CurrentCaller current) {
        this.refusals = refusals;
        this.current = current;
    }

    @ServerResponseFilter
    public void record(
            ContainerResponseContext response, ResourceInfo resource, HttpServerRequest request) {
        int status = response.getStatus();
        if (!isOpen(resource.getResourceMethod())
                && (status == UNAUTHORIZED || status == FORBIDDEN)
                && response.getEntity() instanceof ProblemDetails told) {
            refusals.record(who(told), request, told);
        }
    }

    /// Somebody known, unless it is that which was refused.
    private @Nullable Caller who(ProblemDetails told) {
        return told.code().equals(UNKNOWN) ? null : current.get();
    }

    private static boolean isOpen(@Nullable Method method) {
        return method == null
                || method.isAnnotationPresent(PermitAll.class)
                || method.getDeclaringClass().isAnnotationPresent(PermitAll.class);
    }
}
