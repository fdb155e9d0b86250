package dev.drawbridge.auth.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.identity.AccessToken;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.OpaqueCredential;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class ExchangeResourceTest {
    private static final String EXCHANGE = "/api/v1/auth/exchange";
    private static final String ISSUER = "http://127.0.0.1:8082";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String TYPE = "urn:ietf:params:oauth:token-type:access_token";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.holding("kim", "connection:7", "write");

    @Test
    void gives_an_access_token_for_a_session() {
        Api.exchange(kim.session())
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("issued_token_type", equalTo(TYPE))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(300));
    }

    @Test
    void says_in_the_access_token_who_calls_and_what_they_may() {
        TestTenant.run(
                "update auth.users set attributes = '{\"store_id\": 7}' where id = ?", kim.id());
        String token =
                Api.newToken(
                        kim,
                        "\"agentClass\": \"edge\", \"scopes\": [{\"object\": \"connection:7/shop\","
                                + " \"level\": \"read\"}]");

        Caller caller = IssuedTokens.verify(IssuedTokens.of(token)).caller();

        assertThat(caller.id()).isEqualTo(kim.id());
        assertThat(caller.username()).isEqualTo("kim");
        assertThat(caller.tenant()).isEqualTo(tenant.id());
        assertThat(caller.groups()).containsExactly("of kim");
        assertThat(caller.attributes()).containsEntry("store_id", 7);
        assertThat(caller.credential().type()).isEqualTo(CredentialType.API_TOKEN);
        assertThat(caller.credential().agentClass()).isEqualTo("edge");
        assertThat(Authorization.effective(caller, ProtectedObject.parse("connection:7/shop/x")))
                .isEqualTo(Level.READ);
        assertThat(Authorization.effective(caller, ProtectedObject.parse("connection:7")))
                .isEqualTo(Level.NONE);
    }

    @Test
    void gives_an_access_token_that_every_service_can_check_by_the_published_keys() {
        AccessToken token = IssuedTokens.verify(IssuedTokens.of(kim.session()));

        assertThat(token.caller().credential().type()).isEqualTo(CredentialType.SESSION);
        assertThat(Duration.between(Instant.now(), token.expiresAt()))
                .isBetween(Duration.ofSeconds(280), Duration.ofSeconds(300));
    }

    @Test
    void never_gives_an_access_token_that_outlives_the_credential() {
        TestTenant.run(
                "update auth.session set expires_at = now() + interval '60 s' where tenant_id = ?",
                tenant.id());

        String jwt =
                Api.exchange(kim.session())
                        .then()
                        .body("expires_in", lessThanOrEqualTo(60))
                        .body("expires_in", greaterThan(30))
                        .extract()
                        .path("access_token");

        assertThat(IssuedTokens.verify(jwt).expiresAt()).isBefore(Instant.now().plusSeconds(61));
    }

    @Test
    void refuses_what_is_unknown_expired_revoked_or_a_disabled_user_s() {
        String expired = Api.newToken(kim, "\"allowedCidrs\": [\"127.0.0.1\"]");
        TestTenant.run(
                "update auth.api_token set expires_at = now() where tenant_id = ?", tenant.id());
        String revoked = Api.newToken(kim, "");
        TestTenant.run(
                "update auth.api_token set revoked_at = now() where expires_at is null and"
                        + " tenant_id = ?",
                tenant.id());
        Person lee = tenant.person("lee");
        TestTenant.run("update auth.users set enabled = false where id = ?", lee.id());

        Api.exchange(OpaqueCredential.generate(CredentialType.API_TOKEN).text())
                .then()
                .spec(Api.unauthenticated());
        Api.exchange("x").then().spec(Api.unauthenticated());
        Api.exchange("x".repeat(50_000)).then().spec(Api.unauthenticated());
        Api.exchange(expired).then().spec(Api.unauthenticated());
        Api.exchange(revoked).then().spec(Api.unauthenticated());
        Api.exchange(lee.session()).then().spec(Api.unauthenticated());
    }

    @Test
    void does_not_prolong_an_access_token() {
        Api.exchange(IssuedTokens.of(kim.session())).then().spec(Api.unauthenticated());
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type, password",
        "grant_type, ''",
        "subject_token_type, urn:ietf:params:oauth:token-type:jwt",
        "requested_token_type, urn:ietf:params:oauth:token-type:saml2"
    })
    void refuses_another_kind_of_exchange(String field, String value) {
        var request = RestAssured.given();
        if (!field.equals("grant_type")) {
            request.formParam("grant_type", GRANT);
        }
        if (!field.equals("subject_token_type")) {
            request.formParam("subject_token_type", TYPE);
        }
        request.formParam("subject_token", kim.session())
                .formParam(field, value)
                .post(EXCHANGE)
                .then()
                .spec(Api.invalid(field));
    }

    @Test
    void asks_for_every_field_once_and_knows_no_other() {
        RestAssured.given()
                .formParam("grant_type", GRANT)
                .formParam("subject_token_type", TYPE)
                .post(EXCHANGE)
                .then()
                .spec(Api.invalid("subject_token"));
        RestAssured.given()
                .formParam("grant_type", GRANT)
                .formParam("subject_token_type", TYPE)
                .formParam("subject_token", kim.session(), kim.session())
                .post(EXCHANGE)
                .then()
                .spec(Api.invalid("subject_token"));
        RestAssured.given()
                .formParam("grant_type", GRANT)
                .formParam("audience", "other")
                .post(EXCHANGE)
                .then()
                .spec(Api.invalid("audience"));
        Api.anyone().body("{}").post(EXCHANGE).then().statusCode(415);
    }

    @Test
    void believes_a_service_that_says_where_the_client_is() {
        String token = Api.newToken(kim, "\"allowedCidrs\": [\"203.0.113.0/24\"]");

        Api.exchangeFrom(token, "203.0.113.9").then().statusCode(200);
        Api.exchangeFrom(token, "203.0.114.9").then().spec(Api.unauthenticated());
        Api.exchangeFrom(token, "client.example").then().spec(Api.unauthenticated());
        Api.exchangeFrom(token, "").then().spec(Api.unauthenticated());
        Api.exchange(token).then().spec(Api.unauthenticated());
        Api.exchangeFrom(Api.newToken(kim, ""), "203.0.114.9").then().statusCode(200);
    }

    @Test
    void takes_its_own_access_tokens() {
        String jwt = IssuedTokens.of(kim.session());

        Api.bearer(jwt)
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200)
                .body("username", equalTo("kim"))
                .body("credential.type", equalTo("session"));
    }

    @Test
    void takes_no_access_token_of_a_credential_that_has_ended() {
        String jwt = IssuedTokens.of(kim.session());
        Api.as(kim).post("/api/v1/auth/logout").then().statusCode(204);

        Api.bearer(jwt).get("/api/v1/auth/me").then().spec(Api.unauthenticated());
    }

    @Test
    void takes_no_access_token_for_more_than_its_user_holds_now() {
        Person reader = tenant.holding("reader", "admin:users", "read");
        String jwt = IssuedTokens.of(reader.session());
        Api.bearer(jwt).get("/api/v1/users").then().statusCode(200);

        TestTenant.run(
                "delete from auth.grants where tenant_id = ? and object = 'admin:users'",
                tenant.id());

        Api.bearer(jwt).get("/api/v1/users").then().spec(Api.forbidden());
    }
}
