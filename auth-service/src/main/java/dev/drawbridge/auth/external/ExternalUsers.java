package dev.drawbridge.auth.external;

import dev.drawbridge.auth.name.EmailAddress;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.oidc.Provider;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.auth.user.UserRepository;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// From a person at a provider to a user of ours: known by issuer and subject, made when new, and
/// never by a name or an address that merely looks the same.
@Singleton
public final class ExternalUsers {
    private final Db db;
    private final ExternalIdentityRepository identities;
    private final UserRepository users;
    private final RevocationRepository revocations;

    ExternalUsers(
            Db db,
            ExternalIdentityRepository identities,
            UserRepository users,
            RevocationRepository revocations) {
        this.db = db;
        this.identities = identities;
        this.users = users;
        this.revocations = revocations;
    }

    /// The user behind a person, with the groups and attributes that the provider gives now.
    ///
    /// @throws ProblemException `AUTHENTICATION_ERROR` for somebody who is not known and may not
    ///   become a user, or is in another tenant; `CONFLICT` when the name is somebody's already
    public ExternalIdentity signOn(Provider provider, ExternalPerson person) {
        return db.transaction(() -> {
            identities.lock(person);
            ExternalIdentity identity =
                    identities
                            .find(person.issuer(), person.subject())
                            .orElseGet(() -> provision(provider, person));
            if (!identity.tenant().equals(person.tenant())) {
                throw new Problem.Unauthenticated(
                                "The identity provider names another tenant than that of the"
                                        + " account here. Sign in to that account in another way"
                                        + " and unlink it.")
                        .exception();
            }
            take(identity, person);
            return identity;
        });
    }

    /// Links a person to an account that exists. Who calls has made sure that the account's owner
    /// asked for it a moment ago.
    ///
    /// @throws ProblemException `CONFLICT` when the person is linked already, or the provider does
    ///   not vouch for the account's e-mail address
    public ExternalIdentity link(ExternalPerson person, String tenant, UUID user) {
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
            take(identity, person);
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
            if (!identities.delete(tenant, user, id)) {
                throw new Problem.NotFound("identity", id.toString()).exception();
            }
            if (!identities.hasWayIn(tenant, user)) {
                throw new Problem.Conflict(
                                "This is the only way in. Set a password or link another first.")
                        .exception();
            }
            revocations.announce(Revocation.ofUser(user));
            return id;
        });
    }

    private ExternalIdentity provision(Provider provider, ExternalPerson person) {
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
        UUID user = users.insert(person.tenant(), draft).id();
        return identities.insert(person.tenant(), user, person);
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

    private void take(ExternalIdentity identity, ExternalPerson person) {
        if (!identities.isNews(identity, person.issuedAt())) {
            return;
        }
        int changes = 0;
        Set<String> groups = person.groups();
        if (groups != null) {
            Set<String> keys =
                    groups.stream()
                            .map(group -> Name.label("group", group).key())
                            .collect(Collectors.toSet());
            changes += identities.removeMemberships(identity, keys);
            changes += identities.addMemberships(identity, keys);
        }
        if (!person.attributes().isEmpty()
                && identities.setAttributes(identity, person.attributes())) {
            changes++;
        }
        if (changes > 0) {
            revocations.announce(Revocation.ofUser(identity.user()));
        }
    }
}
