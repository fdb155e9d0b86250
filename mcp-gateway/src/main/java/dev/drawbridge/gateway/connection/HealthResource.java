package dev.drawbridge.gateway.connection;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.drawbridge.gateway.pool.PoolState;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.route.EndpointHealth;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import java.util.List;

/// Whether a connection's database can be reached from this gateway, for those who look after it.
/// What is so with a database has nothing to do with the health of the gateway itself.
@Path(ConnectionResource.PATH + "/{id}/health")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class HealthResource {
    private final Connections connections;
    private final Targets targets;
    private final CurrentCaller current;

    HealthResource(Connections connections, Targets targets, CurrentCaller current) {
        this.connections = connections;
        this.targets = targets;
        this.current = current;
    }

    /// What can be had of a connection.
    public enum Status {
        /// Every endpoint answers.
        @JsonProperty("up")
        UP,
        /// Some endpoints do not answer; there is a primary among those that do.
        @JsonProperty("degraded")
        DEGRADED,
        /// Only reads: no primary answers.
        @JsonProperty("read-only")
        READ_ONLY,
        /// No endpoint answers.
        @JsonProperty("down")
        DOWN;

        static Status of(List<EndpointHealth> endpoints) {
            List<EndpointHealth> up = endpoints.stream().filter(EndpointHealth::up).toList();
            if (up.isEmpty()) {
                return DOWN;
            }
            if (up.stream().noneMatch(one -> one.role() == Endpoint.Role.PRIMARY)) {
                return READ_ONLY;
            }
            return up.size() < endpoints.size() ? DEGRADED : UP;
        }
    }

    /// How a connection is.
    ///
    /// @param endpoints each asked now
    /// @param pools at this gateway
    public record Health(Status status, List<EndpointHealth> endpoints, List<PoolState> pools) {}

    @GET
    public Health get(String id) {
        Connection connection = connections.administered(current.get(), id);
        List<EndpointHealth> endpoints =
                Waiting.on(targets.health(connections.target(connection), connection.database()));
        return new Health(Status.of(endpoints), endpoints, targets.states(connection.id()).pools());
    }
}
