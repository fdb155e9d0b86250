package dev.drawbridge.auth.exchange;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.audit.AuthAction;
import dev.drawbridge.auth.credential.CredentialOwners;
import dev.drawbridge.problem.Problem;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/// The record of credentials that were shown and refused: whose it is or was, where that is known;
/// nothing of the credential.
@Singleton
final class RefusedExchanges {
    private final CredentialOwners owners;
    private final Audit audit;

    RefusedExchanges(CredentialOwners owners, Audit audit) {
        this.owners = owners;
        this.audit = audit;
    }

    void record(String credential, @Nullable String client, Problem problem) {
        switch (problem) {
            case Problem.Unauthenticated why ->
                    audit.recordBehind(
                            act(credential).with("reason", why.reason()).from(client).refused(why));
            case Problem.RateLimited limited ->
                    audit.recordBehind(act(credential).from(client).refused(limited));
            default -> {} // The datastore is away, and with it the audit, or a provider's keys are.
        }
    }

    private Act act(String credential) {
        return owners.find(credential)
                .map(owner ->
                        Act.byStranger(owner.tenant(), AuthAction.EXCHANGE, owner.object())
                                .with("user", owner.user()))
                .orElseGet(() -> Act.byStranger(null, AuthAction.EXCHANGE, null));
    }
}
