package dev.drawbridge.auth.oidc;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A provider's public keys. A key that is not known is how a rotation shows: the set is fetched
/// anew, but not again and again for made-up ids. One that the provider withdrew is forgotten.
final class ProviderKeys implements VerificationKeyResolver {
    /// How long a set is believed while the provider can be asked.
    private static final Duration FRESH = Duration.ofMinutes(10);

    /// And while it cannot.
    private static final Duration TOLERATED = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(ProviderKeys.class);

    private final String provider;
    private final Supplier<String> source;
    private final Pace pace;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile List<JsonWebKey> keys = List.of();
    private volatile Instant fetchedAt = Instant.MIN;
    private volatile Instant askedAt = Instant.MIN;

    /// How often keys are asked for, and how long anybody waits for what somebody else asked for.
    record Pace(Duration refetch, Duration patience) {}

    /// @param source the JWK set as text (RFC 7517 section 5); fails with a problem
    ProviderKeys(String provider, Supplier<String> source, Pace pace, InstantSource clock) {
        this.provider = provider;
        this.source = source;
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nesting)
            throws UnresolvableKeyException {
        try {
            Instant now = clock.instant();
            if (isOlder(FRESH, now)) {
                refresh(now);
            }
            Instant seen = fetchedAt;
            JsonWebKey key = select(signature);
            if (key == null && mayAsk(now)) {
                fetch(seen);
                key = select(signature);
            }
            if (key == null) {
                throw new UnresolvableKeyException("the provider has no such key");
            }
            return key.getKey();
        } catch (UnresolvableKeyException none) {
            throw none;
        } catch (JoseException unusable) {
            throw new UnresolvableKeyException("the key cannot be used", unusable);
        }
    }

    private void refresh(Instant now) {
        boolean needed = isOlder(TOLERATED, now);
        try {
            if (needed || mayAsk(now)) {
                fetch(fetchedAt);
            }
        } catch (ProblemException down) {
            if (needed) {
                throw down;
            }
        }
    }

    private boolean isOlder(Duration age, Instant now) {
        return fetchedAt.isBefore(now.minus(age));
    }

    private boolean mayAsk(Instant now) {
        return askedAt.isBefore(now.minus(pace.refetch()));
    }

    /// By key id, type, use and algorithm. Symmetric keys are no keys here, whatever the set holds.
    private @Nullable JsonWebKey select(JsonWebSignature signature) throws JoseException {
        return new VerificationJwkSelector().select(signature, keys);
    }

    /// One thread fetches; who waits for it finds what it found, or fails as it did, or when they
    /// have waited long enough.
    private void fetch(Instant seen) {
        if (!lockedInTime()) {
            throw unusable(null);
        }
        try {
            if (fetchedAt.equals(seen)) {
                fetch();
            }
        } finally {
            fetching.unlock();
        }
    }

    private boolean lockedInTime() {
        try {
            return fetching.tryLock(pace.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void fetch() {
        Instant now = clock.instant();
        if (!mayAsk(now)) {
            throw unusable(null);
        }
        askedAt = now;
        try {
            keys =
                    new JsonWebKeySet(source.get())
                            .getJsonWebKeys().stream()
                                    .filter(key -> !"oct".equals(key.getKeyType()))
                                    .toList();
            fetchedAt = now;
        } catch (JoseException malformed) {
            LOG.warnf("The identity provider %s publishes keys that cannot be read", provider);
            throw unusable(malformed);
        }
    }

    private ProblemException unusable(@Nullable Exception cause) {
        var problem = new Problem.Upstream("The identity provider " + provider);
        return cause == null ? problem.exception() : problem.exception(cause);
    }
}
