package dev.drawbridge.auth.credential;

import dev.drawbridge.auth.key.SigningKeys;
import dev.drawbridge.auth.network.Cidr;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.identity.AccessToken;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Who is behind a credential. Every refusal has the same words: which of unknown, expired,
/// revoked, disabled or in the wrong place it was is nobody's business.
@Singleton
public final class Credentials {
    private final CredentialRepository repository;
    private final SigningKeys keys;
    private final LastUse lastUse;

    Credentials(CredentialRepository repository, SigningKeys keys, LastUse lastUse) {
        this.repository = repository;
        this.keys = keys;
        this.lastUse = lastUse;
    }

    /// The caller behind a session or API token, for the other services: none whose session has
    /// something pending.
    ///
    /// @param clientAddress the numeric address of who sent it; null when it is not known
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR`
    public Caller ofOpaque(String bearer, @Nullable String clientAddress) {
        Caller caller = opaque(bearer, clientAddress);
        if (RecentProof.isPending(caller)) {
            throw new Problem.Unauthenticated(
                            "Finish signing in first: see pending in /api/v1/auth/me.")
                    .exception();
        }
        return caller;
    }

    private Caller opaque(String bearer, @Nullable String clientAddress) {
        StoredCredential shown =
                OpaqueCredential.parse(bearer)
                        .flatMap(opaque -> repository.find(opaque.type(), opaque.sha256(), null))
                        .orElseThrow(Credentials::refused);
        if (!allows(shown.allowedCidrs(), clientAddress)) {
            throw refused();
        }
        Caller caller = repository.caller(shown).orElseThrow(Credentials::refused);
        lastUse.note(shown);
        return caller;
    }

    /// The caller behind any credential, an access token included. That one's network was checked
    /// when it was issued; its user and rights are looked up anew, limited by its own scopes.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR`
    Caller ofAny(String bearer, @Nullable String clientAddress) {
        if (!AccessToken.looksLike(bearer)) {
            return opaque(bearer, clientAddress);
        }
        Caller told = keys.verify(bearer).caller();
        Caller known =
                repository
                        .find(told.credential().type(), null, told.credential().id())
                        .filter(shown -> shown.user().equals(told.id()))
                        .flatMap(repository::caller)
                        .orElseThrow(Credentials::refused);
        return new Caller(
                known.id(),
                known.username(),
                known.tenant(),
                known.superuser(),
                known.groups(),
                known.attributes(),
                known.credential(),
                known.grants(),
                RecentProof.isPending(known) ? known.scopes() : told.scopes());
    }

    private static boolean allows(@Nullable List<Cidr> networks, @Nullable String clientAddress) {
        if (networks == null) {
            return true;
        }
        return clientAddress != null
                && Cidr.address(clientAddress)
                        .filter(address ->
                                networks.stream().anyMatch(network -> network.contains(address)))
                        .isPresent();
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated("The credential is not valid.").exception();
    }
}
