package dev.drawbridge.auth.user;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.attempt.Lockouts;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.sql.Db;

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
    private final Audit audit;
    private final Db db;

    UnlockResource(Users users, Lockouts lockouts, CurrentCaller caller, Audit audit, Db db) {
        this.users = users;
        this.lockouts = lockouts;
        this.caller = caller;
        this.audit = audit;
        this.db = db;
    }

    /// Also forgets the failures. Does nothing for a user who is not locked.
    @POST
    public void unlock(UUID id) {
        Caller admin = caller.require(Level.ADMIN, ProtectedObject.admin("users"));
        User user = users.get(admin, id);
        if (user.superuser()) {
            Ceiling.requireSuperuser(admin);
        }
        db.transaction(() -> {
            lockouts.unlock(admin.tenant(), user.username());
            audit.record(Act.by(admin, AuthAction.USER_UNLOCK, "user:" + id));
            return user;
        });
    }
}
