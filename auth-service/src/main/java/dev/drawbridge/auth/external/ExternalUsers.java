package dev.drawbridge.auth.external;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.user.User;
import dev.drawbridge.auth.user.UserRepository;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// From a person at a provider to a user of ours: known by issuer and subject, made when new, and
/// never by a name or an address that merely looks the same.
@Singleton
public final class ExternalUsers {
    private final Db db;
    private final ExternalIdentityRepository identities;
    private final UserRepository users;
    private final MappedClaims claims;
    private final RevocationRepository revocations;
    private final Audit audit;

    ExternalUsers(
            Db db,
            ExternalIdentityRepository identities,
            UserRepository users,
            MappedClaims claims,
            RevocationRepository revocations,
            Audit audit) {
        this.db = db;
        this.identities = identities;
        this.users = users;
        this.claims = claims;
        this.revocations = revocations;
        this.audit = audit;
    }

    /// The user behind a person, with the groups and attributes that the provider gives now.
    ///
    /// @param from where the provider's word was shown; null when that is not known
    /// @throws ProblemException `AUTHENTICATION_ERROR` for somebody who is not known and may not
    ///   become a user, or is in another tenant; `CONFLICT` when the name is somebody's already
    public ExternalIdentity signOn(
            Provider provider, ExternalPerson person, @Nullable ClientAddress from) {
        return db.transaction(() -> {
            identities.lock(person);
            ExternalIdentity identity =
                    identities
                            .find(person.issuer(), person.subject())
                            .orElseGet(() -> provision(provider, person, from));
            if (!identity.tenant().equals(person.tenant())) {
                throw new Problem.Unauthenticated(
                                "The identity provider names another tenant than that of the"
                                        + " account here. Sign in to that account in another way"
                                        + " and unlink it.")
                        .exception();
            }
            claims.take(identity, person, from);
            return identity;
        });
    }

    /// Links a person to an account that exists. Who calls has made sure that the account's owner
    /// asked for it a moment ago.
    ///
    /// @param from where the owner is
    /// @throws ProblemException `CONFLICT` when the person is linked already, or the provider does
    ///   not vouch for the account's e-mail address
    public ExternalIdentity link(
            ExternalPerson person, String tenant, UUID user, ClientAddress from) {
        return db.transaction(() -> {
            identities.lock(person);
            boolean same =
                    Optional.ofNullable(person.email())
                            .flatMap(EmailAddress::find)
                            .filter(email -> identities.hasEmail(tenant, user, email))
                            .isPresent();
            if (!same || !person.tenant().equals(tenant)) {
                throw new Problem.Conflict(
                                "The identity provider has not verified the e-mail address of"
                                        + " this account.")
                        .exception();
            }
            if (identities.find(person.issuer(), person.subject()).isPresent()) {
                throw new Problem.Conflict("This identity is linked to an account already.")
                        .exception();
            }
            ExternalIdentity identity = identities.insert(tenant, user, person);
            audit.record(act(AuthAction.IDENTITY_LINK, identity).from(from.text()));
            claims.take(identity, person, from);
            return identity;
        });
    }

    /// Who a person is here, if anybody.
    public Optional<ExternalIdentity> find(String issuer, String subject) {
        return identities.find(issuer, subject);
    }

    /// Whether a group of the user's asks for a second factor.
    boolean needsSecondFactor(ExternalIdentity identity) {
        return identities.needsSecondFactor(identity);
    }

    /// The identities of a user.
    public List<ExternalIdentity> list(String tenant, UUID user) {
        return identities.list(tenant, user);
    }

    /// Removes an identity of the user's, and the memberships that it gave.
    ///
    /// @throws ProblemException `NOT_FOUND`, or `CONFLICT` for the only way in
    public void unlink(String tenant, UUID user, UUID id) {
        db.transaction(() -> {
            // Of two removals at once the second sees what the first has left.
            users.lock(tenant, user);
            ExternalIdentity identity =
                    identities
                            .lock(tenant, user, id)
                            .orElseThrow(() ->
                                    new Problem.NotFound("identity", id.toString()).exception());
            List<String> removed = identities.delete(identity);
            if (!identities.hasWayIn(tenant, user)) {
                throw new Problem.Conflict(
                                "This is the only way in. Set a password or link another first.")
                        .exception();
            }
            revocations.announce(Revocation.ofUser(user));
            audit.record(
                    audit.asked(tenant, AuthAction.IDENTITY_UNLINK, "user:" + user)
                            .with("issuer", identity.issuer())
                            .with("subject", identity.subject())
                            .with("removed", removed));
            return id;
        });
    }

    private ExternalIdentity provision(
            Provider provider, ExternalPerson person, @Nullable ClientAddress from) {
        if (!provider.registration().provision()) {
            throw new Problem.Unauthenticated("There is no account here for this person.")
                    .exception();
        }
        Name username = username(person);
        if (identities.hasUser(person.tenant(), username)) {
            throw new Problem.Conflict(
                            "There is an account of this name. Sign in to it and link it.")
                    .exception();
        }
        var draft = new UserRepository.Draft(username, null, false, true, Map.of());
        User user = users.insert(person.tenant(), draft);
        ExternalIdentity identity = identities.insert(person.tenant(), user.id(), person);
        audit.record(
                act(AuthAction.USER_CREATE, identity)
                        .with("after", user)
                        .from(from == null ? null : from.text()));
        return identity;
    }

    /// Who carries a provider's word shows no credential of ours.
    private static Act act(AuthAction action, ExternalIdentity identity) {
        return Act.byStranger(identity.tenant(), action, "user:" + identity.user())
                .with("issuer", identity.issuer())
                .with("subject", identity.subject());
    }

    private static Name username(ExternalPerson person) {
        String told = person.username();
        try {
            return Name.username("username", told == null ? "" : told);
        } catch (ProblemException unfit) {
            throw new Problem.Unauthenticated(
                            "The identity provider gives no name that a user can have.")
                    .exception(unfit);
        }
    }
}
