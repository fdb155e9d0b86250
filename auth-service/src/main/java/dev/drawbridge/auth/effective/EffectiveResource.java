package dev.drawbridge.auth.effective;

import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;

/// What the caller may do on an object, with the credential shown, and why.
@Path("/api/v1/auth/effective")
@RunOnVirtualThread
@Authenticated
final class EffectiveResource {
    private final Explanations explanations;
    private final CurrentCaller caller;

    EffectiveResource(Explanations explanations, CurrentCaller caller) {
        this.explanations = explanations;
        this.caller = caller;
    }

    @GET
    public Explanation explain(@QueryParam("object") @Nullable String object) {
        return explanations.ofCaller(caller.get(), object);
    }
}
