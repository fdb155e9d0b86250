package dev.drawbridge.gateway.connection;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

/// The target's side of row-level identity.
@Path(ConnectionResource.PATH + "/{id}/install-rls")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
final class RlsResource {
    private static final InstallRls AS_IT_IS =
            new InstallRls(InstallRls.Keys.KEEP, null, null, null);

    private final Connections connections;
    private final RlsInstallation installation;
    private final CurrentCaller current;

    RlsResource(Connections connections, RlsInstallation installation, CurrentCaller current) {
        this.connections = connections;
        this.installation = installation;
        this.current = current;
    }

    /// What is answered may hold keys.
    @POST
    public Response install(String id, @Nullable InstallRls wanted) {
        Caller caller = current.get();
        Connection connection = connections.administered(caller, id);
        var outcome = installation.run(caller, connection, wanted == null ? AS_IT_IS : wanted);
        return Response.ok(outcome).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
