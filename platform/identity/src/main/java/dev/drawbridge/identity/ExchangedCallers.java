package dev.drawbridge.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Exchanges a credential for an access token at auth-service, and remembers the caller by the
/// credential's SHA-256 until that token ends or a revocation is announced.
///
/// Fails closed: what cannot be exchanged is refused, and while revocations cannot be heard nothing
/// is remembered.
@Singleton
@DefaultBean
final class ExchangedCallers implements CallerSource {
    private static final Logger LOG = Logger.getLogger(ExchangedCallers.class);
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final AuthClient auth;
    private final VerificationKeys keys;
    private final boolean acceptsServiceRole;
    private final String issuer;
    private final Duration timeout;
    private final AsyncCache<ByteBuffer, AccessToken> cache;
    private volatile boolean remembering;

    ExchangedCallers(@RestClient AuthClient auth, VerificationKeys keys, IdentityConfig config) {
        this.auth = auth;
        this.keys = keys;
        this.issuer = config.issuer();
        this.acceptsServiceRole = config.acceptServiceRole();
        this.timeout = config.exchangeTimeout();
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(config.cacheSize())
                        .expireAfter(
                                Expiry.<ByteBuffer, AccessToken>creating((_, token) ->
                                        Duration.between(Instant.now(), token.expiresAt())))
                        .buildAsync();
    }

    @Override
    public Uni<Caller> caller(String bearer) {
        return find(bearer, null);
    }

    @Override
    public Uni<Caller> caller(String bearer, String clientAddress) {
        return find(bearer, clientAddress);
    }

    private Uni<Caller> find(String bearer, @Nullable String clientAddress) {
        if (!remembering) {
            return here(exchange(bearer, clientAddress)).map(AccessToken::caller);
        }
        // The answer holds for the address that was asked for: another one may be refused.
        String asked = clientAddress == null ? bearer : bearer + '\n' + clientAddress;
        var key = ByteBuffer.wrap(Digest.of(asked));
        CompletableFuture<AccessToken> known =
                cache.get(
                        key,
                        (_, _) -> exchange(bearer, clientAddress).subscribeAsCompletionStage());
        return known.state() == CompletableFuture.State.SUCCESS
                ? Uni.createFrom().item(known.resultNow().caller())
                : here(Uni.createFrom().completionStage(known))
                        .onFailure()
                        .transform(ExchangedCallers::refusal)
                        .map(AccessToken::caller);
    }

    /// Goes on in the request's own context: what is waited for may have been begun by another
    /// request, which has another trace id.
    private static Uni<AccessToken> here(Uni<AccessToken> awaited) {
        var context = Vertx.currentContext();
        return context == null
                ? awaited
                : awaited.emitOn(next -> context.runOnContext(_ -> next.run()));
    }

    /// From now on callers are remembered, none of the earlier ones.
    void startRemembering() {
        cache.asMap().clear();
        remembering = true;
    }

    void stopRemembering() {
        remembering = false;
        cache.asMap().clear();
    }

    /// Forgets who matches, and every exchange under way: its answer may be older than the
    /// revocation.
    void forget(Predicate<Caller> revoked) {
        cache.asMap()
                .values()
                .removeIf(entry ->
                        entry.state() != CompletableFuture.State.SUCCESS
                                || revoked.test(entry.resultNow().caller()));
    }

    private Uni<AccessToken> exchange(String bearer, @Nullable String clientAddress) {
        Optional<String> claimedIssuer = AccessToken.claimedIssuer(bearer);
        if (claimedIssuer.filter(issuer::equals).isPresent()) {
            return verify(bearer)
                    .invoke(token -> requireNetwork(token, clientAddress))
                    .onFailure()
                    .transform(ExchangedCallers::refusal);
        }
        // A JWT of somebody else may be an identity provider's, which auth-service knows.
        if (claimedIssuer.isEmpty() && OpaqueCredential.parse(bearer).isEmpty()) {
            return Uni.createFrom().failure(invalid());
        }
        return auth.exchange(AuthClient.GRANT_TYPE, bearer, AuthClient.OPAQUE_TOKEN, clientAddress)
                .ifNoItem()
                .after(timeout)
                .fail()
                .flatMap(exchanged -> verify(exchanged.accessToken()))
                .onFailure()
                .transform(ExchangedCallers::refusal);
    }

    /// Whoever was given the token for a request from elsewhere, or got hold of it, is refused.
    private static void requireNetwork(AccessToken token, @Nullable String clientAddress) {
        InetAddress from = clientAddress == null ? null : Cidr.address(clientAddress).orElse(null);
        if (!token.caller().credential().worksFrom(from)) {
            throw invalid();
        }
    }

    private Uni<AccessToken> verify(String jwt) {
        return keys.verify(jwt)
                .invoke(token -> {
                    CredentialType type = token.caller().credential().type();
                    if (type == CredentialType.SERVICE_ROLE && !acceptsServiceRole) {
                        throw invalid();
                    }
                });
    }

    private static Throwable refusal(Throwable failure) {
        if (failure instanceof ProblemException) {
            return failure;
        }
        if (failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == UNAUTHORIZED) {
            return invalid();
        }
        if (failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == TOO_MANY) {
            return new Problem.RateLimited(retryAfter(answered.getResponse())).exception();
        }
        LOG.warnf("auth-service cannot be asked, refusing: %s", failure.toString());
        return new Problem.CredentialUnchecked(RETRY).exception(failure);
    }

    private static Duration retryAfter(Response refused) {
        try {
            return Duration.ofSeconds(Long.parseLong(refused.getHeaderString("Retry-After")));
        } catch (NumberFormatException _) {
            return Duration.ofSeconds(1);
        }
    }

    private static ProblemException invalid() {
        return new Problem.Unauthenticated("The credential is not valid.").exception();
    }
}
