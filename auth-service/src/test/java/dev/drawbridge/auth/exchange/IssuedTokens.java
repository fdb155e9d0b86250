package dev.drawbridge.auth.exchange;

import dev.drawbridge.auth.Api;
import dev.drawbridge.identity.AccessToken;

import io.restassured.RestAssured;

import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/// Access tokens as a service gets them, and how it checks them.
final class IssuedTokens {
    private static final String ISSUER = "http://127.0.0.1:8082";

    private IssuedTokens() {}

    static String of(String credential) {
        return Api.exchange(credential).then().statusCode(200).extract().path("access_token");
    }

    static String jwks() {
        return RestAssured.get("/api/v1/auth/jwks").then().statusCode(200).extract().asString();
    }

    static AccessToken verify(String jwt) {
        try {
            var keys = new JsonWebKeySet(jwks()).getJsonWebKeys();
            return AccessToken.verify(
                    AccessToken.consumer(ISSUER, new JwksVerificationKeyResolver(keys)), jwt);
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
