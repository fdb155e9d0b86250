package dev.drawbridge.identity;

import dev.drawbridge.problem.Problem;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// The caller of the request in hand.
@Singleton
public final class CurrentCaller {
    private static final String CALLER = "drawbridge.caller";
    private static final String CLIENT = "drawbridge.client";

    private final CurrentIdentityAssociation identity;

    CurrentCaller(CurrentIdentityAssociation identity) {
        this.identity = identity;
    }

    /// Who calls.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` without a credential
    public Caller get() {
        return of(identity.getIdentity())
                .orElseThrow(
                        () -> new Problem.Unauthenticated("Sign in, or send a token.").exception());
    }

    /// The numeric address that the caller's request came from; null where there is no request, or
    /// nobody was authenticated by it.
    public @Nullable String clientAddress() {
        return Arc.requireContainer().requestContext().isActive()
                ? identity.getIdentity().getAttribute(CLIENT)
                : null;
    }

    /// Passes when the caller holds `needed` on the object.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR`
    public Caller require(Level needed, ProtectedObject object) {
        Caller caller = get();
        Authorization.require(caller, needed, object);
        return caller;
    }

    /// The security identity that stands for a caller: what a mechanism gives for a credential.
    ///
    /// @param client the numeric address that the request came from
    public static SecurityIdentity identity(Caller caller, String client) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.username()))
                .addAttribute(CALLER, caller)
                .addAttribute(CLIENT, client)
                .build();
    }

    /// The caller that a security identity stands for; empty for an anonymous one.
    public static Optional<Caller> of(SecurityIdentity identity) {
        return Optional.ofNullable(identity.getAttribute(CALLER));
    }
}
