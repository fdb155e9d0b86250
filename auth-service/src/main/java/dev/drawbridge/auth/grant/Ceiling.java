package dev.drawbridge.auth.grant;

import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Nobody hands out more than they hold: not by a grant, not by putting someone into a group, not
/// by attributes that let more rows be seen, not by taking over a stronger user's password.
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

    /// Passes when the caller holds all that the user holds through groups, and has the user's
    /// attributes.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` naming what they lack
    public void requireUser(Caller caller, UUID user) {
        requireAll(caller, grants.ofUser(caller.tenant(), user));
        requireAttributes(caller, grants.attributesOf(caller.tenant(), user));
    }

    /// Passes when the caller may make these the attributes of the user. One's own are changed only
    /// by who holds everything.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` naming what they lack
    public void requireChange(Caller caller, UUID user, Map<String, Object> attributes) {
        if (user.equals(caller.id())) {
            Authorization.require(caller, Level.ADMIN, ProtectedObject.EVERYTHING);
        }
        requireUser(caller, user);
        requireAttributes(caller, attributes);
    }

    /// Passes when the caller may give someone the attributes: who holds everything any, else who
    /// has them.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` naming what they lack
    public void requireAttributes(Caller caller, Map<String, Object> attributes) {
        if (Authorization.may(caller, Level.ADMIN, ProtectedObject.EVERYTHING)) {
            return;
        }
        new RowIdentity(caller.attributes())
                .lacking(new RowIdentity(attributes))
                .ifPresent(name -> {
                    throw new Problem.Forbidden(
                                    "admin on *, or the same attribute " + name + " of one's own")
                            .exception();
                });
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
