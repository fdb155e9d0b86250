package dev.drawbridge.auth.external;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.name.Name;
import dev.drawbridge.auth.revocation.RevocationRepository;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.network.ClientAddress;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes what a provider says of a person the groups and attributes of the user, and records what
/// changed by it.
@Singleton
final class MappedClaims {
    private final ExternalIdentityRepository identities;
    private final RevocationRepository revocations;
    private final Audit audit;

    MappedClaims(
            ExternalIdentityRepository identities, RevocationRepository revocations, Audit audit) {
        this.identities = identities;
        this.revocations = revocations;
        this.audit = audit;
    }

    /// What became of them.
    ///
    /// @param added names of groups, as are `removed`
    private record Change(List<String> added, List<String> removed, boolean attributes) {
        boolean isNone() {
            return added.isEmpty() && removed.isEmpty() && !attributes;
        }
    }

    /// Takes claims that are news; in a transaction of the caller's.
    void take(ExternalIdentity identity, ExternalPerson person, @Nullable ClientAddress from) {
        if (!identities.isNews(identity, person.issuedAt())) {
            return;
        }
        Change change = change(identity, person);
        if (change.isNone()) {
            return;
        }
        revocations.announce(Revocation.ofUser(identity.user()));
        Act act =
                Act.byStranger(identity.tenant(), AuthAction.USER_MAP, "user:" + identity.user())
                        .with("issuer", identity.issuer())
                        .with("subject", identity.subject())
                        .with("added", change.added())
                        .with("removed", change.removed());
        audit.record(
                (change.attributes() ? act.with("attributes", values(person)) : act)
                        .from(from == null ? null : from.text()));
    }

    private Change change(ExternalIdentity identity, ExternalPerson person) {
        boolean attributes =
                !person.attributes().isEmpty()
                        && identities.setAttributes(identity, person.attributes());
        Set<String> groups = person.groups();
        if (groups == null) {
            return new Change(List.of(), List.of(), attributes);
        }
        Set<String> keys =
                groups.stream()
                        .map(group -> Name.label("group", group).key())
                        .collect(Collectors.toSet());
        List<String> removed = identities.removeMemberships(identity, keys);
        return new Change(identities.addMemberships(identity, keys), removed, attributes);
    }

    /// What was given; null for one that was taken away.
    private static Map<String, @Nullable Object> values(ExternalPerson person) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        person.attributes().forEach((name, value) -> values.put(name, value.orElse(null)));
        return values;
    }
}
