package dev.drawbridge.gateway.mcp.conformance;

import dev.drawbridge.gateway.TestCallers;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.Optional;
import java.util.Set;

/// Takes a request without a credential, from this machine, as a caller that a test has made; only
/// where a test's profile names one.
@Singleton
final class AnonymousMechanism implements HttpAuthenticationMechanism {
    static final String NAME = "conformance";

    private final TestCallers callers;
    private final Optional<String> name;

    AnonymousMechanism(
            TestCallers callers,
            @ConfigProperty(name = "test.anonymous-caller") Optional<String> name) {
        this.callers = callers;
        this.name = name;
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY - 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identityProviders) {
        String address = context.request().remoteAddress().hostAddress();
        if (name.isEmpty() || !"127.0.0.1".equals(address)) {
            return Uni.createFrom().nullItem();
        }
        return callers.caller(name.get())
                .map(caller ->
                        QuarkusSecurityIdentity.builder()
                                .setPrincipal(new QuarkusPrincipal(caller.username()))
                                .addAttribute("drawbridge.caller", caller)
                                .build());
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
