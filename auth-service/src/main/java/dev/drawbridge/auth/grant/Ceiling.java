package dev.drawbridge.auth.grant;

import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.UUID;

/// Nobody hands out more than they hold: not by a grant, not by putting someone into a group, not
/// by taking over a stronger user's password.
@Singleton
public final class Ceiling {
    private final GrantRepository grants;

    Ceiling(GrantRepository grants) {
        this.grants = grants;
    }

    /// Passes when the caller may put someone into the group.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` naming what they lack
    public void requireGroup(Caller caller, UUID group) {
        requireAll(caller, grants.ofGroup(caller.tenant(), group));
    }

    /// Passes when the caller holds all that the user holds through groups.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` naming what they lack
    public void requireUser(Caller caller, UUID user) {
        requireAll(caller, grants.ofUser(caller.tenant(), user));
    }

    /// Passes when the caller holds everything, which a superuser's scoped token does not.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR`
    public static void requireSuperuser(Caller caller) {
        if (!caller.superuser()) {
            throw new Problem.Forbidden("superuser").exception();
        }
        Authorization.require(caller, Level.ADMIN, ProtectedObject.EVERYTHING);
    }

    private static void requireAll(Caller caller, List<GrantRepository.Held> held) {
        held.forEach(grant -> Authorization.require(caller, grant.level(), grant.object()));
    }
}
