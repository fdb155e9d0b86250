package dev.drawbridge.auth.reset;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.reset.ResetRepository.Account;
import dev.drawbridge.auth.user.Handover;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/// A link to a new password for another user, by who holds as much as they do.
@Path("/api/v1/users/{id}/password-reset")
@RunOnVirtualThread
@Authenticated
final class UserPasswordResetResource {
    private static final ProtectedObject AREA = ProtectedObject.admin("users");

    private final ResetRepository repository;
    private final Resets resets;
    private final Handover handover;
    private final CurrentCaller caller;

    UserPasswordResetResource(
            ResetRepository repository, Resets resets, Handover handover, CurrentCaller caller) {
        this.repository = repository;
        this.resets = resets;
        this.handover = handover;
        this.caller = caller;
    }

    /// @param link to hand over; null when it went by letter
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ResetLink(boolean sent, Instant expiresAt, @Nullable URI link) {}

    @POST
    public Response reset(UUID id) {
        Caller admin = caller.require(Level.ADMIN, AREA);
        Account account =
                repository
                        .byId(admin.tenant(), id)
                        .orElseThrow(() -> new Problem.NotFound("user", id.toString()).exception());
        if (account.superuser()) {
            Ceiling.requireSuperuser(admin);
        }
        handover.require(admin, id);
        Resets.Made made = resets.forUser(admin, account);
        return Response.ok(
                        new ResetLink(
                                made.sent(),
                                made.link().link().expiresAt(),
                                made.sent() ? null : made.link().url()))
                .header("Cache-Control", "no-store")
                .build();
    }
}
