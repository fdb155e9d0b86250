package dev.drawbridge.auth.group;

import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.identity.Caller;

import jakarta.inject.Singleton;

import java.util.UUID;

/// The second factor that a group requires protects what the group gives. Only who holds as much
/// lifts it: by switching it off, by letting a member out, by removing the group.
@Singleton
final class RequiredFactor {
    private final GroupRepository groups;
    private final Ceiling ceiling;

    RequiredFactor(GroupRepository groups, Ceiling ceiling) {
        this.groups = groups;
        this.ceiling = ceiling;
    }

    /// Passes when the group requires no second factor, or the caller holds what it gives.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` naming what they lack
    void requireMayLift(Caller caller, UUID group) {
        if (groups.requiresSecondFactor(caller.tenant(), group)) {
            ceiling.requireGroup(caller, group);
        }
    }
}
