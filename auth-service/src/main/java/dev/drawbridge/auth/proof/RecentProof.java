package dev.drawbridge.auth.proof;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

/// Stands before acts with which a stolen session could take an account over. A token has no person
/// who could prove anything, so it may do none of them.
@Singleton
public final class RecentProof {
    private final ProofRepository repository;
    private final ProofConfig config;

    RecentProof(ProofRepository repository, ProofConfig config) {
        this.repository = repository;
        this.config = config;
    }

    /// Passes for a session whose person proved lately who they are.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `REAUTHENTICATION_REQUIRED`, or
    ///   `AUTHORIZATION_ERROR` for an API token
    public Caller require(Caller caller) {
        requireSession(caller);
        if (!repository.provedWithin(caller.tenant(), caller.credential().id(), config.maxAge())) {
            throw new Problem.ReauthenticationRequired(config.maxAge()).exception();
        }
        return caller;
    }

    /// As [#require], and nothing is pending for the session.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as there
    public Caller requireWhole(Caller caller) {
        requireNothingPending(caller);
        return require(caller);
    }

    /// Passes for the session of a person.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR` for an API token
    public static Caller requireSession(Caller caller) {
        if (caller.credential().type() != CredentialType.SESSION) {
            throw new Problem.Forbidden("of a person who is signed in, which no token has")
                    .exception();
        }
        return caller;
    }

    /// Passes unless something has to be done first.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR`
    public static Caller requireNothingPending(Caller caller) {
        if (isPending(caller)) {
            throw new Problem.Forbidden("of a session with nothing pending: see /api/v1/auth/me")
                    .exception();
        }
        return caller;
    }

    /// Whether something has to be done first: only then a session is scoped, to nothing.
    public static boolean isPending(Caller caller) {
        return caller.credential().type() == CredentialType.SESSION && caller.scopes() != null;
    }
}
