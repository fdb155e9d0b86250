package dev.drawbridge.auth.registration;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.auth.request.Required;
import dev.drawbridge.auth.user.NewPeople;

import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

/// Making an account for oneself: asking for a link, and coming back with it.
@Path("/api/v1/auth/registration")
@RunOnVirtualThread
@PermitAll
final class RegistrationResource {
    private final Registrations registrations;

    RegistrationResource(Registrations registrations) {
        this.registrations = registrations;
    }

    /// @param tenant `default` when absent
    record Wish(@Nullable String email, @Nullable String tenant) {}

    record Completion(
            @Nullable String token,
            @Nullable String username,
            @Nullable String password,
            @Nullable String displayName) {}

    /// 202 whoever has the address: what comes of it is in the letter.
    @POST
    public Response ask(@Nullable Wish body) {
        Wish wish = Required.body(body);
        registrations.ask(
                Tenant.orDefault(wish.tenant()),
                EmailAddress.parse("email", Required.field("email", wish.email())));
        return Response.accepted().build();
    }

    /// Chooses a name and a password.
    @POST
    @Path("complete")
    public Response complete(@Nullable Completion body) {
        Completion shown = Required.body(body);
        return Response.status(Response.Status.CREATED)
                .entity(
                        registrations.complete(
                                shown.token(),
                                new NewPeople.Wanted(
                                        shown.username(), shown.password(), shown.displayName())))
                .build();
    }
}
