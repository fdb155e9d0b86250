package dev.drawbridge.auth.login;

import dev.drawbridge.auth.proof.ProofRepository;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.secondfactor.SecondFactors;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import org.jspecify.annotations.Nullable;

/// Proving again who one is, and changing one's password.
@Path("/api/v1/auth")
@RunOnVirtualThread
@Authenticated
final class OwnAccountResource {
    private final OwnPassword passwords;
    private final SecondFactors factors;
    private final ProofRepository proofs;
    private final CurrentCaller caller;

    OwnAccountResource(
            OwnPassword passwords,
            SecondFactors factors,
            ProofRepository proofs,
            CurrentCaller caller) {
        this.passwords = passwords;
        this.factors = factors;
        this.proofs = proofs;
        this.caller = caller;
    }

    record Proof(@Nullable String password, @Nullable String otp) {}

    record NewPassword(@Nullable String currentPassword, @Nullable String newPassword) {}

    /// Makes the session's proof one of now; with a second factor for those who have one.
    @POST
    @Path("reauthenticate")
    public void reauthenticate(@Nullable Proof body) {
        Caller person = RecentProof.requireSession(caller.get());
        Proof shown = Required.body(body);
        passwords.check(person, "password", Required.field("password", shown.password()));
        boolean secondFactor = factors.check(person.tenant(), person.id(), shown.otp());
        proofs.prove(person.tenant(), person.credential().id(), secondFactor);
    }

    /// The current password is the proof. Other sessions end, this one and API tokens stay.
    @PUT
    @Path("password")
    public void changePassword(@Nullable NewPassword body) {
        Caller person = RecentProof.requireSession(caller.get());
        NewPassword wanted = Required.body(body);
        passwords.change(
                person,
                Required.field("currentPassword", wanted.currentPassword()),
                Required.field("newPassword", wanted.newPassword()));
    }
}
