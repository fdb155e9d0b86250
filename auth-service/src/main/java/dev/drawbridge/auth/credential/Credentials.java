package dev.drawbridge.auth.credential;

import dev.drawbridge.auth.attempt.Attempts;
import dev.drawbridge.auth.external.ProviderBearers;
import dev.drawbridge.auth.key.SigningKeys;
import dev.drawbridge.auth.proof.RecentProof;
import dev.drawbridge.identity.AccessToken;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Who is behind a credential. Every refusal has the same words: which of unknown, expired,
/// revoked, disabled or in the wrong place it was is nobody's business.
@Singleton
public final class Credentials {
    private final CredentialRepository repository;
    private final SigningKeys keys;
    private final LastUse lastUse;
    private final Attempts attempts;
    private final ServiceRoleConfig serviceRoles;
    private final ProviderBearers bearers;
    private final FirstUses firstUses;

    Credentials(
            CredentialRepository repository,
            SigningKeys keys,
            LastUse lastUse,
            Attempts attempts,
            ServiceRoleConfig serviceRoles,
            ProviderBearers bearers,
            FirstUses firstUses) {
        this.repository = repository;
        this.keys = keys;
        this.lastUse = lastUse;
        this.attempts = attempts;
        this.serviceRoles = serviceRoles;
        this.bearers = bearers;
        this.firstUses = firstUses;
    }

    /// The caller behind a credential that is exchanged, for the other services: a session that has
    /// nothing pending, an API token, or a token of an identity provider.
    ///
    /// @param from who sent it; null when that is not known
    /// @param counted the address for which a credential that does not work is counted
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR`, or `RATE_LIMITED`
    ///   when too many of that address did not work; for a provider's token also what
    ///   [ProviderBearers] says
    public Caller toExchange(String bearer, @Nullable ClientAddress from, ClientAddress counted) {
        Caller caller =
                orCount(
                        counted,
                        () ->
                                AccessToken.looksLike(bearer)
                                        ? ofProvider(bearer, from)
                                        : opaque(bearer, from));
        if (RecentProof.isPending(caller)) {
            throw new Problem.Unauthenticated(
                            "Finish signing in first: see pending in /api/v1/auth/me.")
                    .exception();
        }
        return caller;
    }

    /// The caller behind any credential, an access token included. That one's user, limits and
    /// rights are looked up anew, limited by its own scopes.
    ///
    /// @throws dev.drawbridge.problem.ProblemException as [#toExchange]
    Caller ofAny(String bearer, @Nullable ClientAddress from) {
        return orCount(
                from,
                () -> AccessToken.looksLike(bearer) ? signed(bearer, from) : opaque(bearer, from));
    }

    private Caller orCount(@Nullable ClientAddress counted, Supplier<Caller> search) {
        try {
            return search.get();
        } catch (ProblemException refused) {
            if (counted != null && refused.problem() instanceof Problem.Unauthenticated) {
                attempts.refusedToken(counted);
            }
            throw refused;
        }
    }

    private Caller opaque(String bearer, @Nullable ClientAddress from) {
        StoredCredential shown =
                OpaqueCredential.parse(bearer)
                        .flatMap(opaque -> repository.find(opaque.type(), opaque.sha256(), null))
                        .map(this::limited)
                        .filter(found -> isWithinLimits(found, from))
                        .orElseThrow(Credentials::refused);
        Caller caller = repository.caller(shown).orElseThrow(Credentials::refused);
        if (shown.isNew()) {
            firstUses.requireRoom();
        }
        Caller.RateLimit rate = shown.credential().rateLimit();
        if (rate != null) {
            attempts.use(shown.credential().id(), rate.requests(), rate.perSeconds());
        }
        lastUse.note(shown, from);
        if (shown.isNew()) {
            firstUses.record(caller, from);
        }
        return caller;
    }

    private Caller ofProvider(String jwt, @Nullable ClientAddress from) {
        ProviderBearers.Bearer shown = bearers.get(jwt, from);
        Caller caller =
                repository
                        .caller(
                                stored(
                                        shown.tenant(),
                                        shown.user(),
                                        shown.credential(),
                                        shown.scopes()))
                        .orElseThrow(Credentials::refused);
        firstUses.recordOnce(caller, from);
        return caller;
    }

    private Caller signed(String bearer, @Nullable ClientAddress from) {
        if (bearers.claims(bearer)) {
            return ofProvider(bearer, from);
        }
        Caller told = keys.verify(bearer).caller();
        Caller known =
                find(told)
                        .filter(shown -> shown.user().equals(told.id()))
                        .map(this::limited)
                        .filter(shown -> isWithinLimits(shown, from))
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

    private Optional<StoredCredential> find(Caller told) {
        Caller.Credential shown = told.credential();
        return shown.type().isOpaque()
                ? repository.find(shown.type(), null, shown.id())
                : Optional.of(stored(told.tenant(), told.id(), shown, told.scopes()));
    }

    private static StoredCredential stored(
            String tenant, UUID user, Caller.Credential credential, @Nullable Grants scopes) {
        return new StoredCredential(tenant, user, credential, scopes, null, null);
    }

    /// A service-role key works from the networks that are trusted with such keys at most.
    private StoredCredential limited(StoredCredential shown) {
        return shown.credential().type() == CredentialType.SERVICE_ROLE
                ? shown.within(serviceRoles.trustedNetworks().orElse(List.of()))
                : shown;
    }

    private static boolean isWithinLimits(StoredCredential shown, @Nullable ClientAddress from) {
        AllowedHours hours = shown.allowedHours();
        return shown.credential().worksFrom(from == null ? null : from.value())
                && (hours == null || hours.allow(Instant.now()));
    }

    private static ProblemException refused() {
        return new Problem.Unauthenticated("The credential is not valid.").exception();
    }
}
