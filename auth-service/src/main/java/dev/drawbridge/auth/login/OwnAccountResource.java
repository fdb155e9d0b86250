package dev.drawbridge.auth.login;

import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.network.ClientAddresses;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

import org.jspecify.annotations.Nullable;

/// Proving again who one is, and changing one's password.
@Path("/api/v1/auth")
@RunOnVirtualThread
@Authenticated
final class OwnAccountResource {
    private final OwnPassword passwords;
    private final OwnProof proof;
    private final CurrentCaller caller;
    private final ClientAddresses addresses;

    OwnAccountResource(
            OwnPassword passwords,
            OwnProof proof,
            CurrentCaller caller,
            ClientAddresses addresses) {
        this.passwords = passwords;
        this.proof = proof;
        this.caller = caller;
        this.addresses = addresses;
    }

    record Proof(@Nullable String password, @Nullable String otp) {}

    record NewPassword(@Nullable String currentPassword, @Nullable String newPassword) {}

    /// Makes the session's proof one of now; with a second factor for those who have one.
    @POST
    @Path("reauthenticate")
    public void reauthenticate(@Nullable Proof body, @Context HttpServerRequest request) {
        Caller person = RecentProof.requireSession(caller.get());
        Proof shown = Required.body(body);
        proof.prove(
                person,
                addresses.of(request),
                Required.field("password", shown.password()),
                shown.otp());
    }

    /// The current password is the proof. Other sessions end, this one and API tokens stay.
    @PUT
    @Path("password")
    public void changePassword(@Nullable NewPassword body, @Context HttpServerRequest request) {
        Caller person = RecentProof.requireSession(caller.get());
        NewPassword wanted = Required.body(body);
        passwords.change(
                person,
                addresses.of(request),
                Required.field("currentPassword", wanted.currentPassword()),
                Required.field("newPassword", wanted.newPassword()));
    }
}
