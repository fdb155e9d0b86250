package dev.drawbridge.auth.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.identity.AccessToken;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class ForgedAccessTokenTest {
    private final Person kim = TestTenant.fresh().holding("kim", "connection:7", "write");

    @Test
    void takes_no_forged_access_token() throws JoseException {
        String[] parts = IssuedTokens.of(kim.session()).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        var forger = new JsonWebSignature();
        forger.setCompactSerialization(String.join(".", parts));
        var own = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        var forged = new JsonWebSignature();
        forged.setHeader("typ", AccessToken.TYPE);
        forged.setAlgorithmHeaderValue(AccessToken.ALGORITHM);
        forged.setKeyIdHeaderValue(forger.getKeyIdHeaderValue());
        forged.setKey(own.getPrivateKey());
        forged.setPayload(claims);

        assertRefused(forged.getCompactSerialization());
        assertRefused(
                parts[0]
                        + "."
                        + base64(claims.replace("\"superuser\":false", "\"superuser\":true"))
                        + "."
                        + parts[2]);
        assertRefused(base64(header.replace("ES256", "none")) + "." + parts[1] + ".");
        assertRefused(signedWithThePublicKey(claims));
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0]);
    }

    @Test
    void publishes_only_the_public_half_of_its_keys() {
        String jwks = IssuedTokens.jwks();

        assertThat(jwks).contains("\"kid\"", "\"alg\":\"ES256\"", "\"use\":\"sig\"");
        assertThat(jwks).doesNotContain("\"d\"");
        assertThat(TestTenant.query("select private_key from auth.signing_key limit 1"))
                .matches("k[\\w-]+:[A-Za-z0-9+/=]+")
                .doesNotContain("kty");
    }

    private static String signedWithThePublicKey(String claims) throws JoseException {
        var published =
                (PublicJsonWebKey)
                        new JsonWebKeySet(IssuedTokens.jwks()).getJsonWebKeys().getFirst();
        var confused = new JsonWebSignature();
        confused.setHeader("typ", AccessToken.TYPE);
        confused.setAlgorithmHeaderValue("HS256");
        confused.setKeyIdHeaderValue(published.getKeyId());
        confused.setKey(new HmacKey(published.getPublicKey().getEncoded()));
        confused.setPayload(claims);
        return confused.getCompactSerialization();
    }

    private static void assertRefused(String jwt) {
        Api.bearer(jwt).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
        assertThatThrownBy(() -> IssuedTokens.verify(jwt))
                .hasMessageContaining("AUTHENTICATION_ERROR");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
