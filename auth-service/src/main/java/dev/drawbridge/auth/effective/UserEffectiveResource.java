package dev.drawbridge.auth.effective;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// What a user may do on an object, and why: for who may read both users and groups.
@Path("/api/v1/users/{id}/effective")
@RunOnVirtualThread
@Authenticated
final class UserEffectiveResource {
    private final Explanations explanations;
    private final CurrentCaller caller;

    UserEffectiveResource(Explanations explanations, CurrentCaller caller) {
        this.explanations = explanations;
        this.caller = caller;
    }

    @GET
    public Explanation explain(UUID id, @QueryParam("object") @Nullable String object) {
        caller.require(Level.READ, ProtectedObject.admin("users"));
        Caller reader = caller.require(Level.READ, ProtectedObject.admin("groups"));
        return explanations.ofUser(reader.tenant(), id, object);
    }
}
