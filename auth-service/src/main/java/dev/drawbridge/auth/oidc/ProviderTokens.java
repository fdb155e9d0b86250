package dev.drawbridge.auth.oidc;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks what a provider signed: ID tokens, bearer tokens, logout tokens. Each kind is taken only
/// where it belongs, so that one is no use in the place of another.
@Singleton
public final class ProviderTokens {
    /// How far a provider's clock may be from ours.
    static final int SKEW_SECONDS = 60;

    private static final int LONGEST = 16_384;
    private static final int OLDEST_SECONDS = 86_400;
    private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

    /// Asymmetric ones only (RFC 8725 section 3.2): with a secret in the list, a public key could
    /// be shown as one; `none` is on no list.
    private static final AlgorithmConstraints ALGORITHMS =
            new AlgorithmConstraints(
                    ConstraintType.PERMIT,
                    "RS256",
                    "RS384",
                    "RS512",
                    "PS256",
                    "PS384",
                    "PS512",
                    "ES256",
                    "ES384",
                    "ES512",
                    "EdDSA");

    private final InstantSource clock;

    @Inject
    ProviderTokens() {
        this(InstantSource.system());
    }

    ProviderTokens(InstantSource clock) {
        this.clock = clock;
    }

    /// The claims of an ID token (OpenID Connect Core 1.0 section 3.1.3.7).
    ///
    /// @throws ProblemException `AUTHENTICATION_ERROR` for any that is not ours, not of this
    ///   sign-on or not valid now; `UPSTREAM_ERROR` when the keys cannot be had
    public JwtClaims idToken(Provider provider, String jwt, String nonce) {
        String client = provider.registration().clientId();
        JwtClaims claims = check(provider, jwt, List.of(client), Set.of("JWT"));
        Object party = claims.getClaimValue("azp");
        boolean ours = party == null ? audiences(claims).size() == 1 : client.equals(party);
        if (!ours || !nonce.equals(claims.getClaimValue("nonce"))) {
            throw refused(null);
        }
        return claims;
    }

    /// The claims of a bearer token that was issued for one of the resources (RFC 8707, RFC 9068).
    ///
    /// @throws ProblemException `AUTHENTICATION_ERROR`, `UPSTREAM_ERROR`
    public JwtClaims bearer(Provider provider, String jwt, List<String> resources) {
        JwtClaims claims = check(provider, jwt, resources, Set.of("JWT", "AT+JWT"));
        if (claims.hasClaim("events")) {
            throw refused(null);
        }
        return claims;
    }

    /// The claims of a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.6).
    ///
    /// @throws ProblemException `AUTHENTICATION_ERROR`, `UPSTREAM_ERROR`
    public JwtClaims logout(Provider provider, String jwt) {
        String client = provider.registration().clientId();
        JwtClaims claims = check(provider, jwt, List.of(client), Set.of("JWT", "LOGOUT+JWT"));
        boolean isLogout =
                claims.getClaimValue("events") instanceof Map<?, ?> events
                        && events.get(LOGOUT) instanceof Map<?, ?>;
        boolean isSomebodys =
                claims.getClaimValue("sub") instanceof String
                        || claims.getClaimValue("sid") instanceof String;
        if (!isLogout
                || !isSomebodys
                || claims.hasClaim("nonce")
                || !(claims.getClaimValue("jti") instanceof String)) {
            throw refused(null);
        }
        return claims;
    }

    private JwtClaims check(
            Provider provider, String jwt, List<String> audiences, Set<String> types) {
        if (jwt.length() > LONGEST || audiences.isEmpty()) {
            throw refused(null);
        }
        var consumer =
                new JwtConsumerBuilder()
                        .setJwsAlgorithmConstraints(ALGORITHMS)
                        .setVerificationKeyResolver(provider.keys())
                        .setExpectedIssuer(true, provider.issuer())
                        .setExpectedAudience(true, audiences.toArray(String[]::new))
                        .setRequireExpirationTime()
                        .setRequireIssuedAt()
                        .setIssuedAtRestrictions(0, OLDEST_SECONDS)
                        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                        .build();
        try {
            JwtContext checked = consumer.process(jwt);
            String type = checked.getJoseObjects().getFirst().getHeader("typ");
            JwtClaims claims = checked.getJwtClaims();
            boolean hasSubject = !types.contains("LOGOUT+JWT");
            if ((type != null && !types.contains(kind(type)))
                    || (hasSubject
                            && !(claims.getClaimValue("sub") instanceof String subject
                                    && !subject.isEmpty()))) {
                throw refused(null);
            }
            return claims;
        } catch (InvalidJwtException invalid) {
            if (invalid.getCause() instanceof ProblemException known) {
                throw known;
            }
            throw refused(invalid);
        }
    }

    /// RFC 7515 section 4.1.9: `application/` may be left out.
    private static String kind(String type) {
        return type.toUpperCase(java.util.Locale.ROOT).replaceFirst("^APPLICATION/", "");
    }

    private static List<String> audiences(JwtClaims claims) {
        try {
            return claims.getAudience();
        } catch (MalformedClaimException malformed) {
            throw refused(malformed);
        }
    }

    private static ProblemException refused(@Nullable Exception cause) {
        var problem = new Problem.Unauthenticated("The identity provider's token is not valid.");
        return cause == null ? problem.exception() : problem.exception(cause);
    }
}
