package dev.drawbridge.auth.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.mail.MailServer;
import dev.drawbridge.auth.oidc.TestProvider;
import dev.drawbridge.auth.signon.TestProviders;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
@WithTestResource(MailServer.class)
@WithTestResource(TestProviders.class)
class ProviderBearerTest {
    private final TestTenant tenant = TestTenant.named("default");
    private final String name = "cy-" + UUID.randomUUID();
    private final TestProvider corp = TestProviders.corp();

    @BeforeEach
    void reset() {
        corp.reset();
        corp.person = Map.of();
    }

    @Test
    void is_exchanged_for_an_access_token_of_the_person_s() {
        String accessToken = accessToken(bearer(Map.of("scope", "openid db:read")));

        Api.bearer(accessToken)
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200)
                .body("username", equalTo(name))
                .body("credential.type", equalTo("provider_token"));
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.external_identity where subject = ?",
                                name))
                .isEqualTo("1");
    }

    @Test
    void is_taken_by_auth_service_itself() {
        Api.bearer(bearer(Map.of("scope", "db:read")))
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200)
                .body("username", equalTo(name));
    }

    @Test
    void gives_no_access_token_that_outlives_it() {
        JwtClaims claims = claims(Map.of("scope", "db:read"));
        claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().getEpochSecond() + 60));

        Api.exchange(corp.sign(claims))
                .then()
                .statusCode(200)
                .body("expires_in", lessThanOrEqualTo(60));
    }

    @Test
    void lets_through_no_more_than_its_scopes() {
        String reader = bearer(Map.of("scope", "openid db:read", "preferred_username", name));
        Api.exchange(reader).then().statusCode(200);
        TestTenant.run("update auth.users set superuser = true where username = ?", name);

        Api.bearer(reader).get("/api/v1/users").then().statusCode(200);
        Api.bearer(reader)
                .body("{\"name\": \"g\"}")
                .post("/api/v1/groups")
                .then()
                .spec(Api.forbidden());
        Api.bearer(bearer(Map.of("scope", "openid")))
                .get("/api/v1/users")
                .then()
                .spec(Api.forbidden());
        Api.bearer(bearer(Map.of())).get("/api/v1/users").then().spec(Api.forbidden());
        Api.bearer(bearer(Map.of("scp", List.of("x", "db:all"))))
                .body("{\"name\": \"g-" + name + "\"}")
                .post("/api/v1/groups")
                .then()
                .statusCode(201);
    }

    @Test
    void makes_nothing_that_lasts_longer() {
        String all = bearer(Map.of("scope", "db:all"));
        Api.exchange(all).then().statusCode(200);

        Api.bearer(all)
                .body("{\"name\": \"t\"}")
                .post("/api/v1/auth/tokens")
                .then()
                .spec(Api.forbidden());
        Api.bearer(accessToken(all))
                .body("{\"name\": \"t\"}")
                .post("/api/v1/auth/tokens")
                .then()
                .spec(Api.forbidden());
        Api.bearer(all).body("{}").post("/api/v1/auth/oidc/corp/link").then().spec(Api.forbidden());
        Api.bearer(all).post("/api/v1/auth/logout").then().spec(Api.conflict());
        Api.exchange(accessToken(all)).then().spec(Api.unauthenticated());
    }

    @Test
    void is_refused_when_it_is_not_in_order() throws JoseException {
        JwtClaims audience = claims(Map.of());
        audience.setAudience(TestProvider.CLIENT);
        refused(corp.sign(audience));
        JwtClaims none = claims(Map.of());
        none.unsetClaim("aud");
        refused(corp.sign(none));
        JwtClaims issuer = claims(Map.of());
        issuer.setIssuer("https://evil.example.com");
        refused(corp.sign(issuer));
        JwtClaims other = claims(Map.of());
        other.setIssuer(TestProviders.multi().issuer());
        refused(corp.sign(other));
        JwtClaims expired = claims(Map.of());
        expired.setIssuedAt(at(-400));
        expired.setExpirationTime(at(-70));
        refused(corp.sign(expired));
        JwtClaims future = claims(Map.of());
        future.setIssuedAt(at(90));
        refused(corp.sign(future));
        var key = TestProvider.newKey();
        key.setKeyId(corp.published.getLast().getKeyId());
        refused(corp.sign(claims(Map.of()), "JWT", "RS256", key));
        var confused = new JsonWebSignature();
        confused.setAlgorithmHeaderValue("HS256");
        confused.setKeyIdHeaderValue(key.getKeyId());
        confused.setKey(new HmacKey(corp.published.getLast().getPublicKey().getEncoded()));
        confused.setPayload(claims(Map.of()).toJson());
        refused(confused.getCompactSerialization());
        refused("eyJhbGciOiJub25lIn0." + corp.sign(claims(Map.of())).split("\\.")[1] + ".");
    }

    @Test
    void takes_no_account_of_the_same_name() {
        tenant.person(name);

        refused(bearer(Map.of("scope", "db:read")));
    }

    @Test
    void needs_the_second_factor_that_a_group_asks_for() {
        TestTenant.run(
                "insert into auth.groups (tenant_id, id, name, name_key, requires_second_factor)"
                        + " values ('default', gen_random_uuid(), 'Strict', 'strict', true)"
                        + " on conflict do nothing");
        var strict = Map.of("groups", List.of("strict"));

        refused(bearer(Map.of("realm", strict)));
        refused(bearer(Map.of("realm", strict, "amr", List.of("otp"))));

        Api.exchange(bearer(Map.of("realm", strict, "amr", List.of("mfa")))).then().statusCode(200);
    }

    @Test
    void is_taken_after_the_provider_s_keys_rotated() {
        Api.exchange(bearer(Map.of())).then().statusCode(200);
        corp.rotate();

        Api.exchange(bearer(Map.of())).then().statusCode(200);
    }

    @Test
    void is_refused_for_a_disabled_user_at_once() {
        String bearer = bearer(Map.of("scope", "db:read"));
        String accessToken = accessToken(bearer);
        TestTenant.run("update auth.users set enabled = false where username = ?", name);

        refused(bearer);
        Api.bearer(accessToken).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
    }

    @Test
    void says_nothing_of_groups_that_it_does_not_name() {
        tenant.group("given " + name);
        TestTenant.run(
                "insert into auth.groups (tenant_id, id, name, name_key) values"
                        + " ('default', gen_random_uuid(), 'Managers', 'managers')"
                        + " on conflict do nothing");
        var given = Map.of("groups", List.of("managers"));
        Api.exchange(bearer(Map.of("realm", given))).then().statusCode(200);

        String without = bearer(Map.of("scope", "db:read"));

        Api.bearer(without).get("/api/v1/auth/me").then().body("groups", contains("Managers"));
        Api.bearer(bearer(Map.of("realm", Map.of("groups", List.of()))))
                .get("/api/v1/auth/me")
                .then()
                .body("groups", empty());
    }

    private static void refused(String jwt) {
        Api.exchange(jwt).then().spec(Api.unauthenticated());
        Api.bearer(jwt).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
    }

    private static String accessToken(String bearer) {
        return Api.exchange(bearer).then().statusCode(200).extract().path("access_token");
    }

    private String bearer(Map<String, Object> more) {
        return corp.sign(claims(more));
    }

    private JwtClaims claims(Map<String, Object> more) {
        JwtClaims claims = corp.claims(TestProviders.RESOURCE);
        var all = new HashMap<String, Object>(more);
        all.put("sub", name);
        all.putIfAbsent("preferred_username", name);
        all.forEach(claims::setClaim);
        return claims;
    }

    private static NumericDate at(long offset) {
        return NumericDate.fromSeconds(Instant.now().getEpochSecond() + offset);
    }
}
