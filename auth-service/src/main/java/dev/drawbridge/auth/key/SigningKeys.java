package dev.drawbridge.auth.key;

import dev.drawbridge.identity.AccessToken;
import dev.drawbridge.sql.Db;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.JsonObject;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Signs access tokens and verifies our own, with keys that the replicas share and rotate.
///
/// A key is published when it is made, signs from its time on, and stays published until the last
/// token that it signed has ended, so that a rotation fails no request.
@Singleton
public final class SigningKeys {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final int AFTER_BOOTSTRAP = 200;

    private final Db db;
    private final SigningKeyRepository repository;
    private final SecretBox secrets;
    private final SigningConfig config;
    private final IssuerConfig issuer;
    private volatile List<OpenKey> keys = List.of();

    SigningKeys(
            Db db,
            SigningKeyRepository repository,
            SecretBox secrets,
            SigningConfig config,
            IssuerConfig issuer) {
        this.db = db;
        this.repository = repository;
        this.secrets = secrets;
        this.config = config;
        this.issuer = issuer;
    }

    private record OpenKey(SigningKey stored, EllipticCurveJsonWebKey jwk) {}

    void start(@Observes @Priority(AFTER_BOOTSTRAP) StartupEvent event) {
        rotateWhenDue();
    }

    /// The compact form of an access token with these claims.
    public String sign(JwtClaims claims) {
        OpenKey key = current(keys, Instant.now());
        var signature = new JsonWebSignature();
        signature.setHeader("typ", AccessToken.TYPE);
        signature.setAlgorithmHeaderValue(AccessToken.ALGORITHM);
        signature.setKeyIdHeaderValue(key.stored().kid());
        signature.setKey(key.jwk().getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Checks an access token of ours and reads it.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` for any other text
    public AccessToken verify(String jwt) {
        Instant now = Instant.now();
        List<JsonWebKey> published =
                keys.stream()
                        .filter(key -> key.stored().isPublished(now))
                        .map(key -> (JsonWebKey) key.jwk())
                        .toList();
        var resolver = new JwksVerificationKeyResolver(published);
        return AccessToken.verify(AccessToken.consumer(issuer.issuer(), resolver), jwt);
    }

    /// The public keys, from the table: a key that another replica made a moment ago is among them.
    List<JsonObject> published() {
        Instant now = Instant.now();
        return repository.list().stream()
                .filter(key -> key.isPublished(now))
                .map(SigningKey::publicJwk)
                .toList();
    }

    /// Makes a new key now, whatever the age of the present one.
    ///
    /// @param record of it, in the same transaction
    SigningKey rotate(Consumer<SigningKey> record) {
        SigningKey made =
                db.transaction(() -> {
                    repository.lock();
                    SigningKey next = make(Instant.now().plus(config.publishAhead()));
                    record.accept(next);
                    return next;
                });
        reload();
        return made;
    }

    @Scheduled(every = "15s", delayed = "15s")
    @RunOnVirtualThread
    void rotateWhenDue() {
        Instant now = Instant.now();
        db.transaction(() -> {
            repository.lock();
            List<SigningKey> stored = repository.list();
            if (stored.isEmpty()) {
                return Optional.of(make(now));
            }
            Instant due = stored.getLast().activeFrom().plus(config.rotateEvery());
            Instant ahead = now.plus(config.publishAhead());
            return ahead.isBefore(due)
                    ? Optional.<SigningKey>empty()
                    : Optional.of(make(due.isAfter(ahead) ? due : ahead));
        });
        repository.removeEnded();
        reload();
    }

    private SigningKey make(Instant activeFrom) {
        try {
            EllipticCurveJsonWebKey jwk = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            jwk.setKeyId(jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
            jwk.setUse("sig");
            jwk.setAlgorithm(AccessToken.ALGORITHM);
            String kid = jwk.getKeyId();
            byte[] secret =
                    jwk.toJson(OutputControlLevel.INCLUDE_PRIVATE).getBytes(StandardCharsets.UTF_8);
            var key =
                    new SigningKey(
                            kid,
                            new JsonObject(jwk.toJson(OutputControlLevel.PUBLIC_ONLY)),
                            secrets.seal(SigningKey.purpose(kid), secret),
                            activeFrom.truncatedTo(ChronoUnit.MILLIS),
                            null);
            repository.insert(key);
            repository.supersede(kid, key.activeFrom());
            LOG.infof("key=%s signs from %s", kid, key.activeFrom());
            return key;
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void reload() {
        keys = repository.list().stream().map(this::open).toList();
    }

    private OpenKey open(SigningKey stored) {
        byte[] secret = secrets.open(SigningKey.purpose(stored.kid()), stored.sealedPrivateKey());
        Map<String, Object> jwk =
                new JsonObject(new String(secret, StandardCharsets.UTF_8)).getMap();
        try {
            return new OpenKey(stored, new EllipticCurveJsonWebKey(jwk));
        } catch (JoseException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /// The youngest whose time has come; the oldest where another replica's clock is ahead of ours.
    private static OpenKey current(List<OpenKey> keys, Instant now) {
        return keys.reversed().stream()
                .filter(key -> key.stored().hasBegun(now))
                .findFirst()
                .orElseGet(keys::getFirst);
    }
}
