package dev.drawbridge.auth.reset;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Tenant;
import dev.drawbridge.auth.request.Required;

import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

/// A new password for who lost theirs: asking for a link, and coming back with it.
@Path("/api/v1/auth")
@RunOnVirtualThread
@PermitAll
final class PasswordResetResource {
    private final Resets resets;

    PasswordResetResource(Resets resets) {
        this.resets = resets;
    }

    /// @param tenant `default` when absent
    record Forgotten(@Nullable String email, @Nullable String tenant) {}

    record Reset(@Nullable String token, @Nullable String newPassword) {}

    /// 202 whoever has the address: what comes of it is in the mailbox.
    @POST
    @Path("password/forgot")
    public Response forgot(@Nullable Forgotten body) {
        Forgotten shown = Required.body(body);
        resets.ask(
                Tenant.orDefault(shown.tenant()),
                EmailAddress.parse("email", Required.field("email", shown.email())));
        return Response.accepted().build();
    }

    @POST
    @Path("password/reset")
    public void reset(@Nullable Reset body) {
        Reset shown = Required.body(body);
        resets.complete(shown.token(), Required.field("newPassword", shown.newPassword()));
    }
}
