package dev.drawbridge.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Tokens that a provider signed, or somebody else did, at a time that the test decides.
class ProviderTokensTest extends ProviderCase {
    private static final Map<String, Object> LOGOUT =
            Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());

    @Test
    void takes_tokens_that_are_in_order() {
        assertThat(bearer(claims(RESOURCE)).getClaimValueAsString("sub")).isEqualTo("subject");
        assertThat(idToken(signOn()).getClaimValueAsString("sub")).isEqualTo("subject");
        assertThat(tokens.logout(provider, idp.sign(logout())).getClaimValueAsString("sid"))
                .isEqualTo("s-1");
    }

    @ParameterizedTest
    @CsvSource({"RS256", "RS512", "PS256"})
    void takes_several_algorithms(String algorithm) {
        String jwt = idp.sign(claims(RESOURCE), "at+jwt", algorithm, idp.published.getLast());

        assertThat(tokens.bearer(provider, jwt, List.of(RESOURCE)).hasClaim("jti")).isTrue();
    }

    @Test
    void takes_a_token_of_an_elliptic_curve() throws JoseException {
        var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId("ec");
        idp.published.add(key);

        String jwt = idp.sign(claims(RESOURCE), "JWT", "ES256", key);

        assertThat(tokens.bearer(provider, jwt, List.of(RESOURCE)).hasClaim("jti")).isTrue();
        idp.rotate();
    }

    @Test
    void takes_exactly_a_minute_of_skew_whatever_the_lifetime() {
        qt().withExamples(200)
                .forAll(integers().between(-90, 90), integers().between(1, 3_600))
                .checkAssert((offset, lifetime) -> {
                    JwtClaims claims = claims(RESOURCE);
                    claims.setIssuedAt(at(-lifetime));
                    claims.setNotBefore(at(offset));
                    claims.setExpirationTime(at(3_600));
                    assertThat(taken(claims)).isEqualTo(offset <= 60);
                    claims.unsetClaim("nbf");
                    claims.setIssuedAt(at(Math.min(offset, 0) - lifetime));
                    claims.setExpirationTime(at(offset));
                    assertThat(taken(claims)).isEqualTo(offset > -60);
                    claims.setIssuedAt(at(offset));
                    claims.setExpirationTime(at(3_600));
                    assertThat(taken(claims)).isEqualTo(offset <= 60);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sub", "iss", "aud"})
    void refuses_a_token_without(String claim) {
        JwtClaims claims = claims(RESOURCE);
        claims.unsetClaim(claim);

        refuses(() -> bearer(claims));
    }

    @Test
    void refuses_another_audience_and_another_issuer() {
        refuses(() -> bearer(claims("https://other.example.com")));
        refuses(() -> bearer(claims(RESOURCE + "/")));
        refuses(() -> tokens.bearer(provider, idp.sign(claims(RESOURCE)), List.of()));
        JwtClaims foreign = claims(RESOURCE);
        foreign.setIssuer(idp.issuer() + "/");
        refuses(() -> bearer(foreign));
    }

    @Test
    void refuses_a_token_older_than_a_day() {
        JwtClaims claims = claims(RESOURCE);
        claims.setIssuedAt(at(-90_000));

        refuses(() -> bearer(claims));
    }

    @Test
    void refuses_a_signature_of_somebody_else() {
        var own = TestProvider.newKey();
        own.setKeyId(idp.published.getLast().getKeyId());

        refuses(() -> check(idp.sign(claims(RESOURCE), "JWT", "RS256", own)));
    }

    @Test
    void refuses_changed_claims_and_missing_signatures() {
        String[] parts = idp.sign(claims(RESOURCE)).split("\\.");
        String changed = claims(RESOURCE).toJson().replace("\"subject\"", "\"root\"");

        refuses(() -> check(parts[0] + "." + base64(changed) + "." + parts[2]));
        refuses(() -> check(parts[0] + "." + parts[1] + "."));
        refuses(() -> check(parts[0] + "." + parts[1]));
        refuses(() -> check("eyJ"));
        refuses(() -> check(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void refuses_no_algorithm_in_any_spelling(String none) {
        String header = base64("{\"alg\":\"" + none + "\",\"typ\":\"JWT\"}") + ".";

        refuses(() -> check(header + base64(claims(RESOURCE).toJson()) + "."));
        refuses(() -> tokens.idToken(provider, header + base64(signOn().toJson()) + ".", "n"));
        refuses(() -> tokens.logout(provider, header + base64(logout().toJson()) + "."));
    }

    @Test
    void refuses_a_public_key_that_is_shown_as_a_secret() throws JoseException {
        var key = idp.published.getLast();
        for (byte[] secret :
                List.of(
                        key.getPublicKey().getEncoded(),
                        Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encode(key.getPublicKey().getEncoded()))) {
            String bearer = hmac(secret, key.getKeyId(), claims(RESOURCE));
            String idToken = hmac(secret, key.getKeyId(), signOn());
            String logout = hmac(secret, key.getKeyId(), logout());

            refuses(() -> check(bearer));
            refuses(() -> tokens.idToken(provider, idToken, "n"));
            refuses(() -> tokens.logout(provider, logout));
        }
    }

    @Test
    void refuses_a_secret_that_the_provider_publishes_by_mistake() throws JoseException {
        var secret = OctJwkGenerator.generateJwk(256);
        secret.setKeyId("oct");
        idp.leaked = secret;
        String jwt = hmac(secret.getOctetSequence(), "oct", claims(RESOURCE));

        refuses(() -> check(jwt));
    }

    @Test
    void refuses_one_kind_of_token_in_the_place_of_another() {
        refuses(() -> tokens.idToken(provider, idp.sign(logout()), "n"));
        refuses(() -> tokens.logout(provider, idp.sign(signOn())));
        JwtClaims both = logout();
        both.setAudience(RESOURCE);
        both.setSubject("subject");
        refuses(() -> bearer(both));
        var key = idp.published.getLast();
        refuses(() -> check(idp.sign(claims(RESOURCE), "logout+jwt", "RS256", key)));
        refuses(() -> tokens.idToken(provider, idp.sign(signOn(), "at+jwt", "RS256", key), "n"));
    }

    @Test
    void refuses_an_id_token_of_another_sign_on_or_client() {
        refuses(() -> tokens.idToken(provider, idp.sign(signOn()), "other"));
        JwtClaims without = signOn();
        without.unsetClaim("nonce");
        refuses(() -> idToken(without));
        JwtClaims others = signOn();
        others.setAudience(TestProvider.CLIENT, "other");
        refuses(() -> idToken(others));
        others.setClaim("azp", "other");
        refuses(() -> idToken(others));
        others.setClaim("azp", TestProvider.CLIENT);
        assertThat(idToken(others)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"jti", "events", "sid", "exp", "iat"})
    void refuses_a_logout_token_without(String claim) {
        JwtClaims claims = logout();
        claims.unsetClaim("sub");
        claims.unsetClaim(claim);

        refuses(() -> tokens.logout(provider, idp.sign(claims)));
    }

    @Test
    void refuses_a_logout_token_with_a_nonce_or_for_another_client() {
        JwtClaims claims = logout();
        claims.setClaim("nonce", "n");
        refuses(() -> tokens.logout(provider, idp.sign(claims)));
        JwtClaims foreign = logout();
        foreign.setAudience("other");
        refuses(() -> tokens.logout(provider, idp.sign(foreign)));
    }

    private boolean taken(JwtClaims claims) {
        try {
            bearer(claims);
            return true;
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessageContaining("AUTHENTICATION_ERROR");
            return false;
        }
    }

    private JwtClaims bearer(JwtClaims claims) {
        return check(idp.sign(claims));
    }

    private JwtClaims idToken(JwtClaims claims) {
        return tokens.idToken(provider, idp.sign(claims), "n");
    }

    private JwtClaims signOn() {
        JwtClaims claims = claims(TestProvider.CLIENT);
        claims.setClaim("nonce", "n");
        return claims;
    }

    private JwtClaims logout() {
        JwtClaims claims = claims(TestProvider.CLIENT);
        claims.setClaim("events", LOGOUT);
        claims.setClaim("sid", "s-1");
        return claims;
    }

    private NumericDate at(long offset) {
        return NumericDate.fromSeconds(now.getEpochSecond() + offset);
    }

    private static String hmac(byte[] secret, String keyId, JwtClaims claims) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(new HmacKey(secret));
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
