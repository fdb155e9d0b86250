package dev.drawbridge.identity;

import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/// The caller of the request in hand.
@Singleton
public final class CurrentCaller {
    private static final String CALLER = "drawbridge.caller";
    private static final String CLIENT = "drawbridge.client";

    private final CurrentIdentityAssociation identity;
    private final CurrentVertxRequest request;
    private final ClientAddresses addresses;

    CurrentCaller(
            CurrentIdentityAssociation identity,
            CurrentVertxRequest request,
            ClientAddresses addresses) {
        this.identity = identity;
        this.request = request;
        this.addresses = addresses;
    }

    /// Who calls.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` without a credential
    public Caller get() {
        return of(identity.getIdentity())
                .orElseThrow(
                        () -> new Problem.Unauthenticated("Sign in, or send a token.").exception());
    }

    /// Who calls, where somebody does and is known.
    public Optional<Caller> find() {
        return Arc.requireContainer().requestContext().isActive()
                ? of(identity.getIdentity())
                : Optional.empty();
    }

    /// The numeric address that the request in hand came from; null where there is none. Nobody is
    /// judged for it, so what is open to everyone does not fail by a credential that was sent
    /// along.
    public @Nullable String clientAddress() {
        if (!Arc.requireContainer().requestContext().isActive()) {
            return null;
        }
        RoutingContext http = request.getCurrent();
        return http == null ? null : addresses.text(http.request());
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

    /// The caller of a request that has passed authentication; empty for an anonymous one.
    public static Optional<Caller> of(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                ? of(user.getSecurityIdentity())
                : Optional.empty();
    }

    /// The same, judged anew by what the request showed: for what lasts longer than an answer
    /// takes.
    ///
    /// @return fails with `AUTHENTICATION_ERROR` when its credential is no longer good, or as
    ///   [CallerSource] does when nobody can say so
    public static Future<Optional<Caller>> again(RoutingContext context) {
        HttpAuthenticator authenticator =
                Objects.requireNonNull(context.get(HttpAuthenticator.class.getName()));
        return Future.fromCompletionStage(
                        authenticator.attemptAuthentication(context).subscribeAsCompletionStage())
                .map(identity -> identity == null ? Optional.<Caller>empty() : of(identity))
                .recover(failure ->
                        Future.failedFuture(
                                failure.getCause() instanceof ProblemException refused
                                        ? refused
                                        : failure));
    }

    /// The numeric address that such a request came from; null for an anonymous one.
    public static @Nullable String clientOf(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                ? clientOf(user.getSecurityIdentity())
                : null;
    }

    /// The numeric address that the request of a security identity came from; null for an anonymous
    /// one.
    public static @Nullable String clientOf(SecurityIdentity identity) {
        return identity.getAttribute(CLIENT);
    }
}
