package dev.drawbridge.auth.secondfactor;

import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One's own second factor. A session that waits for it may enrol.
@Path("/api/v1/auth/second-factor")
@RunOnVirtualThread
@Authenticated
final class SecondFactorResource {
    private final SecondFactors factors;
    private final RecentProof proof;
    private final CurrentCaller caller;

    SecondFactorResource(SecondFactors factors, RecentProof proof, CurrentCaller caller) {
        this.factors = factors;
        this.proof = proof;
        this.caller = caller;
    }

    record Code(@Nullable String otp) {}

    record RecoveryCodes(List<String> recoveryCodes) {}

    @GET
    public SecondFactors.State state() {
        return factors.state(RecentProof.requireSession(caller.get()));
    }

    /// A new secret, which counts once it is confirmed.
    @POST
    public Response enrol() {
        return secret(factors.enrol(proof.require(caller.get())));
    }

    /// Shows a first code, and gives recovery codes.
    @POST
    @Path("confirm")
    public Response confirm(@Nullable Code body) {
        String code = Required.field("otp", Required.body(body).otp());
        return secret(new RecoveryCodes(factors.confirm(proof.require(caller.get()), code)));
    }

    /// Shows a code for a session that was begun without one.
    @POST
    @Path("show")
    public void show(@Nullable Code body) {
        var person = RecentProof.requireSession(caller.get());
        factors.show(person, Required.field("otp", Required.body(body).otp()));
    }

    /// New recovery codes; the earlier ones work no more.
    @POST
    @Path("recovery-codes")
    public Response replaceCodes() {
        return secret(new RecoveryCodes(factors.replaceCodes(proof.requireWhole(caller.get()))));
    }

    @DELETE
    public void remove() {
        var person = proof.requireWhole(caller.get());
        factors.remove(person.tenant(), person.id());
    }

    private static Response secret(Object body) {
        return Response.ok(body).header("Cache-Control", "no-store").build();
    }
}
