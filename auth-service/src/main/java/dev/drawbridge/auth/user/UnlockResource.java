package dev.drawbridge.auth.user;

import dev.drawbridge.auth.attempt.Lockouts;
import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import java.util.UUID;

/// Ends the lock that failed logins put on a user's name. Who guesses is held up by locks, so a
/// superuser's is ended by a superuser only.
@Path(UserResource.PATH + "/{id}/unlock")
@RunOnVirtualThread
@Authenticated
final class UnlockResource {
    private final Users users;
    private final Lockouts lockouts;
    private final CurrentCaller caller;

    UnlockResource(Users users, Lockouts lockouts, CurrentCaller caller) {
        this.users = users;
        this.lockouts = lockouts;
        this.caller = caller;
    }

    /// Also forgets the failures. Does nothing for a user who is not locked.
    @POST
    public void unlock(UUID id) {
        Caller admin = caller.require(Level.ADMIN, ProtectedObject.admin("users"));
        User user = users.get(admin, id);
        if (user.superuser()) {
            Ceiling.requireSuperuser(admin);
        }
        lockouts.unlock(admin.tenant(), Name.username("username", user.username()).key());
    }
}
