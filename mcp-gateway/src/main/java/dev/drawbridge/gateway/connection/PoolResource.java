package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.pool.ClassPolicy;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.pool.Policies;
import dev.drawbridge.gateway.pool.PoolState;
import dev.drawbridge.gateway.pool.PoolStates;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import java.util.List;
import java.util.Map;

/// The sessions of a connection at this gateway, for those who look after it.
@Path(ConnectionResource.PATH + "/{id}/pools")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class PoolResource {
    private final Connections connections;
    private final Policies policies;
    private final Targets targets;
    private final CurrentCaller current;

    PoolResource(
            Connections connections, Policies policies, Targets targets, CurrentCaller current) {
        this.connections = connections;
        this.policies = policies;
        this.targets = targets;
        this.current = current;
    }

    /// What agents get, and what the pools are doing.
    ///
    /// @param maxConnections sessions that all gateways together may have open
    /// @param budget how many of those this gateway may have now; 0 while nobody uses the
    ///   connection
    /// @param sessions that are open here, being opened or being ended
    /// @param dedicated whether each token has sessions that no other uses
    /// @param classes what holds for agents of each class
    public record Pools(
            Environment environment,
            int maxConnections,
            int budget,
            int sessions,
            boolean dedicated,
            Map<AgentClass, ClassPolicy> classes,
            List<PoolState> pools) {}

    @GET
    public Pools get(String id) {
        Connection connection = connections.administered(current.get(), id);
        PoolStates states = targets.states(connection.id());
        var classes = policies.of(connection.environment(), connection.pools());
        return new Pools(
                connection.environment(),
                connection.maxConnections(),
                states.budget(),
                states.sessions(),
                classes.dedicated(),
                classes.policies(),
                states.pools());
    }
}
