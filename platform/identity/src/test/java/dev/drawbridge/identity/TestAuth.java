package dev.drawbridge.identity;

import io.smallrye.mutiny.Uni;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// An auth-service in memory, which counts what it is asked.
final class TestAuth implements AuthClient {
    static final String ISSUER = "http://auth.test";

    final AtomicInteger exchanges = new AtomicInteger();
    final AtomicInteger fetches = new AtomicInteger();
    final List<String> addresses = new ArrayList<>();
    final List<EllipticCurveJsonWebKey> published = new ArrayList<>();
    volatile Supplier<Uni<String>> answer = () -> Uni.createFrom().item(token(caller()));
    volatile Supplier<Uni<String>> keySet = () -> Uni.createFrom().item(keys());

    TestAuth() {
        publish("k1");
    }

    EllipticCurveJsonWebKey publish(String kid) {
        var key = key(kid);
        published.add(key);
        return key;
    }

    @Override
    public Uni<Exchanged> exchange(
            String grantType, String subjectToken, String subjectTokenType, String clientAddress) {
        exchanges.incrementAndGet();
        addresses.add(clientAddress);
        return answer.get().map(Exchanged::new);
    }

    @Override
    public Uni<String> jwks() {
        fetches.incrementAndGet();
        return keySet.get();
    }

    String keys() {
        return new JsonWebKeySet(published).toJson();
    }

    static Caller caller() {
        return RandomCallers.caller(false, Grants.NOTHING, null);
    }

    String token(Caller caller) {
        return sign(published.getFirst(), AccessToken.claims(ISSUER, caller, Instant.now()));
    }

    static JwtClaims claims() {
        return AccessToken.claims(ISSUER, caller(), Instant.now());
    }

    static String sign(EllipticCurveJsonWebKey key, JwtClaims claims) {
        return sign(key, AccessToken.TYPE, claims);
    }

    static String sign(EllipticCurveJsonWebKey key, String type, JwtClaims claims) {
        var signature = new JsonWebSignature();
        signature.setHeader("typ", type);
        signature.setAlgorithmHeaderValue(AccessToken.ALGORITHM);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static EllipticCurveJsonWebKey key(String kid) {
        try {
            var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(kid);
            return key;
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static IdentityConfig config() {
        return config(false);
    }

    static IdentityConfig config(boolean acceptServiceRole) {
        return new IdentityConfig() {
            @Override
            public String issuer() {
                return ISSUER;
            }

            @Override
            public long cacheSize() {
                return 100;
            }

            @Override
            public boolean acceptServiceRole() {
                return acceptServiceRole;
            }

            @Override
            public Duration exchangeTimeout() {
                return Duration.ofMillis(300);
            }
        };
    }
}
