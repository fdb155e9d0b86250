package dev.drawbridge.auth.invitation;

import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.user.NewPeople;
import dev.drawbridge.auth.user.User;

import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

/// Accepting an invitation. The link is the credential.
@Path("/api/v1/auth/invitations/accept")
@RunOnVirtualThread
@PermitAll
final class AcceptanceResource {
    private final Invitations invitations;

    AcceptanceResource(Invitations invitations) {
        this.invitations = invitations;
    }

    record Acceptance(
            @Nullable String token,
            @Nullable String username,
            @Nullable String password,
            @Nullable String displayName) {}

    @POST
    public Response accept(@Nullable Acceptance body) {
        Acceptance shown = Required.body(body);
        User user =
                invitations.accept(
                        shown.token(),
                        new NewPeople.Wanted(
                                shown.username(), shown.password(), shown.displayName()));
        return Response.status(Response.Status.CREATED).entity(user).build();
    }
}
