package dev.drawbridge.identity;

import dev.drawbridge.problem.Problem;

import io.smallrye.mutiny.Uni;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// auth-service's public keys. Fetched when a token names a key that is not known yet, which is how
/// a rotation reaches us. Made-up key ids cause no storm: there is one fetch at a time and at most
/// one in a while, and what came of it, a failure too, holds for all who ask meanwhile.
@Singleton
final class VerificationKeys {
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(2);

    private final AuthClient auth;
    private final IdentityConfig config;
    private volatile List<JsonWebKey> keys = List.of();
    private Uni<Void> fetch = Uni.createFrom().voidItem();
    private Instant fetchedAt = Instant.EPOCH;
    private boolean isFetching;

    VerificationKeys(@RestClient AuthClient auth, IdentityConfig config) {
        this.auth = auth;
        this.config = config;
    }

    /// Verifies and reads an access token.
    Uni<AccessToken> verify(String jwt) {
        return Uni.createFrom().deferred(() -> find(jwt));
    }

    private Uni<AccessToken> find(String jwt) {
        String keyId = keyId(jwt);
        if (knows(keyId)) {
            return Uni.createFrom().item(() -> read(jwt));
        }
        return fetch().map(_ -> read(jwt));
    }

    private synchronized Uni<Void> fetch() {
        var now = Instant.now();
        if (!isFetching && !now.isBefore(fetchedAt.plus(BETWEEN_FETCHES))) {
            isFetching = true;
            fetchedAt = now;
            fetch =
                    Uni.createFrom()
                            .deferred(auth::jwks)
                            .ifNoItem()
                            .after(config.exchangeTimeout())
                            .fail()
                            .invoke(this::remember)
                            .replaceWithVoid()
                            .onTermination()
                            .invoke(this::fetched)
                            .memoize()
                            .indefinitely();
        }
        return fetch;
    }

    private synchronized void fetched() {
        isFetching = false;
    }

    private AccessToken read(String jwt) {
        return AccessToken.verify(
                AccessToken.consumer(config.issuer(), new JwksVerificationKeyResolver(keys)), jwt);
    }

    private boolean knows(String keyId) {
        return keys.stream().anyMatch(key -> keyId.equals(key.getKeyId()));
    }

    private void remember(String jwks) {
        try {
            keys = List.copyOf(new JsonWebKeySet(jwks).getJsonWebKeys());
        } catch (JoseException unreadable) {
            throw new Problem.Upstream("auth-service").exception(unreadable);
        }
    }

    private static String keyId(String jwt) {
        try {
            var signature = new JsonWebSignature();
            signature.setCompactSerialization(jwt);
            String keyId = signature.getKeyIdHeaderValue();
            if (keyId != null) {
                return keyId;
            }
        } catch (JoseException malformed) {
            throw new Problem.Unauthenticated("The access token is not valid.")
                    .exception(malformed);
        }
        throw unknownKey();
    }

    private static RuntimeException unknownKey() {
        return new Problem.Unauthenticated("The access token is not valid.").exception();
    }
}
