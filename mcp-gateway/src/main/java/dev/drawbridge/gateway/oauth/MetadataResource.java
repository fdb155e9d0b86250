package dev.drawbridge.gateway.oauth;

import dev.drawbridge.problem.Problem;

import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// The protected resource's metadata (RFC 9728 section 3), for each name of the MCP endpoint, and
/// for clients that look at the root.
@Path(ProtectedResource.WELL_KNOWN)
@RunOnVirtualThread
@PermitAll
final class MetadataResource {
    private final ProtectedResource resource;

    MetadataResource(ProtectedResource resource) {
        this.resource = resource;
    }

    @GET
    public ProtectedResource.Metadata root() {
        return metadata("");
    }

    @GET
    @Path("mcp/v1")
    public ProtectedResource.Metadata endpoint() {
        return metadata("/mcp/v1");
    }

    @GET
    @Path("mcp")
    public ProtectedResource.Metadata alias() {
        return metadata("/mcp");
    }

    private ProtectedResource.Metadata metadata(String path) {
        if (!resource.hasServers()) {
            throw new Problem.NotFound("authorization server", "that is configured").exception();
        }
        return resource.metadata(path);
    }
}
