package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.performance.Performance;
import dev.drawbridge.gateway.performance.Summary;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// How calls on a connection perform, for who looks after it: the statements of all its callers are
/// in there, without their values.
@Path(ConnectionResource.PATH + "/{id}/performance")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class PerformanceResource {
    private final Connections connections;
    private final Performance performance;
    private final CurrentCaller current;

    PerformanceResource(Connections connections, Performance performance, CurrentCaller current) {
        this.connections = connections;
        this.performance = performance;
        this.current = current;
    }

    /// What this gateway has seen, in the present period and the one before.
    @GET
    public Summary get(String id) {
        return performance.of(connections.administered(current.get(), id).id());
    }
}
