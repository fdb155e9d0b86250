package dev.drawbridge.auth.signon;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.external.ExternalPerson;
import dev.drawbridge.auth.external.ExternalUsers;
import dev.drawbridge.identity.network.ClientAddress;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Singleton;

import java.util.function.Supplier;

/// The record of what a provider, or somebody with its word, wanted and was refused: as much of who
/// it was as had been found out by then, and why.
@Singleton
final class RefusedSignOns {
    private final ExternalUsers users;
    private final Audit audit;

    RefusedSignOns(ExternalUsers users, Audit audit) {
        this.users = users;
        this.audit = audit;
    }

    /// A step, whose refusal is recorded.
    ///
    /// @param act what it is for; asked only when it is refused
    <T> T orRecord(Supplier<Act> act, ClientAddress from, Supplier<T> step) {
        try {
            return step.get();
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            switch (problem) {
                // The datastore is away or busy, and with it the audit.
                case Problem.DatabaseUnavailable _, Problem.Overloaded _ -> {}
                // Its words say how long to wait, so no two would be counted as the same.
                case Problem.RateLimited _ -> record(act.get(), from, problem);
                default -> record(act.get().with("reason", problem.detail()), from, problem);
            }
            throw refused;
        }
    }

    private void record(Act act, ClientAddress from, Problem problem) {
        audit.recordBehind(act.from(from.text()).refused(problem));
    }

    /// A sign-on of somebody whom the provider vouched for.
    Act signOn(String provider, ExternalPerson person) {
        return users.find(person.issuer(), person.subject())
                .map(known ->
                        Act.byStranger(known.tenant(), AuthAction.SIGN_IN, "user:" + known.user()))
                .orElseGet(
                        () -> Act.byStranger(person.tenant(), AuthAction.SIGN_IN, object(provider)))
                .with("provider", provider)
                .with("issuer", person.issuer())
                .with("subject", person.subject());
    }

    /// A link of an account to somebody whom the provider vouched for.
    static Act link(String provider, ExternalPerson person, SignOnRepository.Account account) {
        return Act.byStranger(account.tenant(), AuthAction.IDENTITY_LINK, "user:" + account.user())
                .with("provider", provider)
                .with("issuer", person.issuer())
                .with("subject", person.subject());
    }

    /// An act at a provider of which no more is known.
    static Act at(String provider, AuthAction action) {
        return Act.byStranger(null, action, object(provider));
    }

    private static String object(String provider) {
        return "provider:" + provider;
    }
}
