package dev.drawbridge.gateway.login;

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

import java.util.Set;

/// `Authorization: Basic …` becomes the caller that [DatabaseSignOn] found. The refusal is that of
/// the bearer's mechanism.
@Singleton
final class LoginMechanism implements HttpAuthenticationMechanism {
    /// Before the bearer's, which fails on a scheme that it does not know.
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identityProviders) {
        if (!BasicCredential.isIn(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            return Uni.createFrom().nullItem();
        }
        SecurityIdentity identity = context.get(DatabaseSignOn.IDENTITY);
        return identity == null
                ? Uni.createFrom().failure(new AuthenticationFailedException())
                : Uni.createFrom().item(identity);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        return Uni.createFrom().item(false);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
