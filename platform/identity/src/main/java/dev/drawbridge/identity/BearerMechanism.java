package dev.drawbridge.identity;

import dev.drawbridge.identity.network.ClientAddresses;
import dev.drawbridge.problem.Answers;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemDetails;
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

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

import java.util.Set;

/// `Authorization: Bearer …` becomes the [Caller] of a request, on every request anew.
@Singleton
final class BearerMechanism implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";
    private static final String REFUSAL = "drawbridge.refusal";
    private static final int UNAUTHORIZED = 401;

    private final CallerSource callers;
    private final ClientAddresses addresses;
    private final Event<Challenge> challenges;

    BearerMechanism(CallerSource callers, ClientAddresses addresses, Event<Challenge> challenges) {
        this.callers = callers;
        this.addresses = addresses;
        this.challenges = challenges;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identityProviders) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        String client = addresses.text(context.request());
        return callers.caller(header.substring(SCHEME.length()).strip(), client)
                .map(caller -> CurrentCaller.identity(caller, client))
                .onFailure(ProblemException.class)
                .invoke(refused -> context.put(REFUSAL, refused.problem()))
                .onFailure(ProblemException.class)
                .transform(AuthenticationFailedException::new);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", "Bearer"));
    }

    /// The challenge with a body, so that a person at a terminal and a program read the same
    /// refusal as everywhere else. None for a credential that was not judged, because it was shown
    /// too often or nobody could be asked: it may be good, and who signs in anew gains nothing.
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Problem refused = new Problem.Unauthenticated("Sign in, or send a valid token.");
        if (context.get(REFUSAL) instanceof Problem known
                && !(known instanceof Problem.Unauthenticated)) {
            refused = known;
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        challenges.fire(new Challenge(context.request(), ProblemDetails.of(refused)));
        Answers.problem(context, refused);
        return Uni.createFrom().item(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }
}
