package dev.drawbridge.auth.token;

import dev.drawbridge.auth.grant.Ceiling;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import java.util.UUID;

/// Who makes tokens for a service account, which cannot sign in to make its own: who administers
/// tokens and holds as much as the account. Nobody makes a token for another person.
@Singleton
final class ServiceAccounts {
    private static final ProtectedObject AREA = ProtectedObject.admin("tokens");

    private final TokenRepository repository;
    private final RecentProof proof;
    private final Ceiling ceiling;

    ServiceAccounts(TokenRepository repository, RecentProof proof, Ceiling ceiling) {
        this.repository = repository;
        this.proof = proof;
        this.ceiling = ceiling;
    }

    /// Passes when the caller may make a token for the account.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `NOT_FOUND` for what is no enabled service
    ///   account, `AUTHORIZATION_ERROR`, or `REAUTHENTICATION_REQUIRED`
    void requireTokenFor(Caller admin, UUID account) {
        Authorization.require(admin, Level.ADMIN, AREA);
        boolean superuser =
                repository
                        .serviceAccount(admin.tenant(), account)
                        .orElseThrow(() ->
                                new Problem.NotFound("service account", account.toString())
                                        .exception());
        if (superuser) {
            Ceiling.requireSuperuser(admin);
        }
        ceiling.requireUser(admin, account);
        if (admin.credential().type() == CredentialType.SESSION) {
            proof.require(admin);
        }
    }
}
