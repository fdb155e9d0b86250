package dev.drawbridge.auth.key;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The public keys, and their rotation by hand.
@Path("/api/v1/auth")
@RunOnVirtualThread
final class KeyResource {
    private final SigningKeys keys;
    private final CurrentCaller caller;
    private final Audit audit;

    KeyResource(SigningKeys keys, CurrentCaller caller, Audit audit) {
        this.keys = keys;
        this.caller = caller;
        this.audit = audit;
    }

    /// A JWK set (RFC 7517 section 5).
    record KeySet(List<Map<String, Object>> keys) {}

    /// @param kid of the new key
    /// @param activeFrom when it begins to sign; published it is at once
    record Rotation(String kid, Instant activeFrom) {}

    @GET
    @Path("jwks")
    @PermitAll
    public Response jwks() {
        var published = keys.published().stream().map(key -> key.getMap()).toList();
        return Response.ok(new KeySet(published)).header("Cache-Control", "max-age=30").build();
    }

    @POST
    @Path("keys/rotate")
    @Authenticated
    public Rotation rotate() {
        Caller admin = caller.require(Level.ADMIN, ProtectedObject.admin("tokens"));
        // The keys are those of all tenants.
        if (!admin.tenant().equals(Tenant.DEFAULT)) {
            throw new Problem.Forbidden("admin on admin:tokens in the tenant " + Tenant.DEFAULT)
                    .exception();
        }
        SigningKey key =
                keys.rotate(made ->
                        audit.record(
                                Act.by(admin, AuthAction.KEY_ROTATE, "signing-key:" + made.kid())
                                        .with("activeFrom", made.activeFrom())));
        return new Rotation(key.kid(), key.activeFrom());
    }
}
