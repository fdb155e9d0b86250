package dev.drawbridge.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.drawbridge.problem.Problem;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The short-lived signed token that services pass to one another: a JWT (RFC 7519, profile of RFC
/// 9068) signed with ES256, whose `caller` claim is the [Caller].
///
/// @param expiresAt when it must no longer be believed
public record AccessToken(Caller caller, Instant expiresAt) {
    public static final String AUDIENCE = "drawbridge";
    public static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    public static final Duration LIFETIME = Duration.ofMinutes(5);
    public static final String TYPE = "at+jwt";
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int LONGEST = 16_384;
    private static final String CALLER = "caller";
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(
                            com.fasterxml.jackson.databind.SerializationFeature
                                    .WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /// The claims to sign: everything but `kid` and the signature.
    public static JwtClaims claims(String issuer, Caller caller, Instant now) {
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(AUDIENCE);
        claims.setSubject(caller.id().toString());
        claims.setGeneratedJwtId();
        claims.setIssuedAt(org.jose4j.jwt.NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(
                org.jose4j.jwt.NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
        claims.setClaim(CALLER, JSON.convertValue(caller, java.util.Map.class));
        return claims;
    }

    /// Whether a bearer text has the shape of a JWT rather than of an opaque credential.
    public static boolean looksLike(String bearer) {
        return bearer.startsWith("eyJ");
    }

    /// Who claims to have issued a JWT. Nothing is checked yet; empty for what is none, or is
    /// longer than any that we take.
    public static Optional<String> claimedIssuer(String jwt) {
        if (!looksLike(jwt) || jwt.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var signature = new JsonWebSignature();
            signature.setCompactSerialization(jwt);
            return Optional.ofNullable(
                    JwtClaims.parse(signature.getUnverifiedPayload()).getIssuer());
        } catch (JoseException | InvalidJwtException | MalformedClaimException none) {
            return Optional.empty();
        }
    }

    /// What checks a token for [#verify]: only ES256, only our issuer, audience and type, and
    /// times.
    public static JwtConsumer consumer(String issuer, VerificationKeyResolver keys) {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, ALGORITHM))
                .setVerificationKeyResolver(keys)
                .setExpectedIssuer(issuer)
                .setExpectedAudience(AUDIENCE)
                .setExpectedType(true, TYPE)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(0, 600)
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .build();
    }

    /// Checks signature, issuer, audience, type and times, and reads the caller.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHENTICATION_ERROR` for a token that is
    ///   not ours, not for us, not signed or not valid now
    public static AccessToken verify(JwtConsumer consumer, String jwt) {
        try {
            var claims = consumer.processToClaims(jwt);
            var caller =
                    JSON.readValue(
                            JSON.writeValueAsBytes(claims.getClaimValue(CALLER)), Caller.class);
            return new AccessToken(
                    caller, Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
        } catch (InvalidJwtException | MalformedClaimException | JsonProcessingException invalid) {
            throw new Problem.Unauthenticated("The access token is not valid.").exception(invalid);
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }
}
