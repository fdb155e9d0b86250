package dev.drawbridge.auth.profile;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.auth.request.IfMatch;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// One's own profile.
@Path("/api/v1/auth")
@RunOnVirtualThread
final class ProfileResource {
    private final OwnProfile profiles;
    private final OwnEmail emails;
    private final RecentProof proof;
    private final CurrentCaller caller;

    ProfileResource(OwnProfile profiles, OwnEmail emails, RecentProof proof, CurrentCaller caller) {
        this.profiles = profiles;
        this.emails = emails;
        this.proof = proof;
        this.caller = caller;
    }

    /// What changes of a profile.
    ///
    /// @param email counts once it is confirmed
    record ProfileRequest(
            @Nullable String displayName,
            @Nullable String email,
            @Nullable Map<String, Object> metadata) {}

    record Token(@Nullable String token) {}

    @GET
    @Path("profile")
    @Authenticated
    public Response get() {
        return answer(profiles.get(caller.get()));
    }

    @PATCH
    @Path("profile")
    @Authenticated
    public Response change(
            @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable ProfileRequest body) {
        Caller person = RecentProof.requireNothingPending(RecentProof.requireSession(caller.get()));
        IfMatch expected = IfMatch.required(ifMatch, "profile");
        ProfileRequest wanted = Required.body(body);
        String name = wanted.displayName();
        Map<String, Object> metadata = wanted.metadata();
        var change =
                new ProfileRepository.Change(
                        name == null ? null : Name.label("displayName", name).text(),
                        metadata == null ? null : Metadata.check(metadata));
        String email = wanted.email();
        EmailAddress address = email == null ? null : EmailAddress.parse("email", email);
        if (address != null) {
            proof.require(person);
        }
        return answer(profiles.change(person, expected, change, address));
    }

    /// Brings back the link that was sent to a new address.
    @POST
    @Path("email/confirm")
    @PermitAll
    public void confirm(@Nullable Token body) {
        emails.confirm(Required.body(body).token());
    }

    private static Response answer(Profile profile) {
        return Response.ok(profile).tag(Long.toString(profile.version())).build();
    }
}
