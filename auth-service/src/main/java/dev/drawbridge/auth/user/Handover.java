package dev.drawbridge.auth.user;

import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.identity.Caller;

import jakarta.inject.Singleton;

import java.util.UUID;

/// Stands before administrative acts that put an account into somebody's hands: another password or
/// address, a link to one, no second factor any more.
@Singleton
public final class Handover {
    private final Ceiling ceiling;
    private final RecentProof proof;

    Handover(Ceiling ceiling, RecentProof proof) {
        this.ceiling = ceiling;
        this.proof = proof;
    }

    /// Passes for who holds as much as the user. One's own account asks for a recent proof, as it
    /// does where one administers nobody: else an administrator's stolen session would go round it.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR`, or
    ///   `REAUTHENTICATION_REQUIRED`
    public void require(Caller caller, UUID user) {
        if (user.equals(caller.id())) {
            proof.require(caller);
        }
        ceiling.requireUser(caller, user);
    }
}
