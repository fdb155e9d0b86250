package dev.drawbridge.auth.session;

import dev.drawbridge.identity.CallerSource;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

import java.util.Optional;
import java.util.Set;

/// The session cookie of a browser becomes the caller of a request, unless the request has an
/// `Authorization` header, which is judged alone.
@Singleton
final class CookieMechanism implements HttpAuthenticationMechanism {
    private static final int AFTER_BEARER = HttpAuthenticationMechanism.DEFAULT_PRIORITY - 1;

    private final CallerSource callers;
    private final ClientAddresses addresses;
    private final SessionCookie cookie;

    CookieMechanism(CallerSource callers, ClientAddresses addresses, SessionCookie cookie) {
        this.callers = callers;
        this.addresses = addresses;
        this.cookie = cookie;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identityProviders) {
        if (context.request().getHeader(HttpHeaders.AUTHORIZATION) != null) {
            return Uni.createFrom().nullItem();
        }
        try {
            Optional<String> shown = cookie.read(context.request());
            return shown.isEmpty()
                    ? Uni.createFrom().nullItem()
                    : identity(context, session(shown.get()));
        } catch (ProblemException refused) {
            return Uni.createFrom().failure(new AuthenticationFailedException(refused));
        }
    }

    private Uni<SecurityIdentity> identity(RoutingContext context, String session) {
        String client = addresses.text(context.request());
        return callers.caller(session, client)
                .map(caller -> CurrentCaller.identity(caller, client))
                .onFailure(ProblemException.class)
                .transform(AuthenticationFailedException::new);
    }

    /// A token in a cookie is somebody's mistake, and a way around the rules for tokens.
    private static String session(String shown) {
        return OpaqueCredential.parse(shown)
                .filter(credential -> credential.type() == CredentialType.SESSION)
                .map(OpaqueCredential::text)
                .orElseThrow(() ->
                        new Problem.Unauthenticated("The credential is not valid.").exception());
    }

    @Override
    public int getPriority() {
        return AFTER_BEARER;
    }

    /// None of its own: a refusal asks for a bearer.
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
