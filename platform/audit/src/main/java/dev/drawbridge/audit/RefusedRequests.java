package dev.drawbridge.audit;

import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;

import io.vertx.core.http.HttpServerRequest;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.container.ContainerRequestContext;
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
    private static final int LONGEST = 200;
    private static final String UNKNOWN = new Problem.Unauthenticated("").code();
    private static final Action REFUSED = () -> "request.refuse";

    private final Audit audit;
    private final CurrentCaller current;
    private final ClientAddresses addresses;

    RefusedRequests(Audit audit, CurrentCaller current, ClientAddresses addresses) {
        this.audit = audit;
        this.current = current;
        this.addresses = addresses;
    }

    @ServerResponseFilter
    public void record(
            ContainerRequestContext request,
            ContainerResponseContext response,
            ResourceInfo resource,
            HttpServerRequest http) {
        int status = response.getStatus();
        if (isOpen(resource.getResourceMethod())
                || (status != UNAUTHORIZED && status != FORBIDDEN)
                || !(response.getEntity() instanceof ProblemDetails told)) {
            return;
        }
        String object = request.getMethod() + " " + request.getUriInfo().getPath();
        if (object.length() > LONGEST) {
            object = object.substring(0, LONGEST);
        }
        audit.recordBehind(
                act(told.code(), object)
                        .refused(told.code())
                        .with("reason", told.detail())
                        .from(addresses.text(http)));
    }

    /// Somebody known, unless it is that which was refused.
    private Act act(String code, String object) {
        return code.equals(UNKNOWN)
                ? Act.byStranger(null, REFUSED, object)
                : Act.by(current.get(), REFUSED, object);
    }

    private static boolean isOpen(@Nullable Method method) {
        return method == null
                || method.isAnnotationPresent(PermitAll.class)
                || method.getDeclaringClass().isAnnotationPresent(PermitAll.class);
    }
}
