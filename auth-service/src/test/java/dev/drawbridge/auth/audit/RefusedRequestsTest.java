package dev.drawbridge.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.secondfactor.Authenticator;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Behind a proxy on loopback: the address is the client's, not the proxy's.
@QuarkusTest
@WithTestResource(
        value = AuthDatastore.class,
        initArgs = @ResourceArg(name = "limits", value = "default"))
class RefusedRequestsTest {
    private static final String TOKENS = "/api/v1/auth/tokens";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.person("kim");

    @Test
    void who_proved_themselves_too_long_ago_is_named_with_the_code() {
        TestTenant.run(
                "update auth.session set proved_at = now() - interval '11 minutes'"
                        + " where user_id = ?",
                kim.id());
        from("203.0.113.21", Api.as(kim))
                .delete("/api/v1/auth/oidc/identities/" + kim.id())
                .then()
                .spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));

        refusal("203.0.113.21", "REAUTHENTICATION_REQUIRED", kim);
    }

    @Test
    void who_showed_no_second_factor_is_named_with_the_code() {
        Authenticator.enrol(kim);
        from("203.0.113.22", Api.as(kim))
                .body("{\"password\": \"" + TestTenant.PASSWORD + "\"}")
                .post("/api/v1/auth/reauthenticate")
                .then()
                .spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));

        refusal("203.0.113.22", "SECOND_FACTOR_REQUIRED", kim);
    }

    @Test
    void who_may_not_is_named() {
        from("203.0.113.23", Api.as(kim)).get("/api/v1/users").then().spec(Api.forbidden());

        refusal("203.0.113.23", "AUTHORIZATION_ERROR", kim);
    }

    @Test
    void nobody_is_a_stranger() {
        from("203.0.113.24", Api.anyone()).get(TOKENS).then().spec(Api.unauthenticated());

        refusal("203.0.113.24", "AUTHENTICATION_ERROR", null);
    }

    @Test
    void a_credential_that_does_not_work_is_a_stranger_s() {
        String unknown = OpaqueCredential.generate(CredentialType.SESSION).text();
        from("203.0.113.25", Api.bearer(unknown)).get(TOKENS).then().spec(Api.unauthenticated());

        refusal("203.0.113.25", "AUTHENTICATION_ERROR", null);
    }

    @Test
    void a_sign_on_at_a_provider_that_began_too_often() {
        Awaitility.await("too many")
                .pollInterval(Duration.ZERO)
                .until(() ->
                        from("203.0.113.26", Api.anyone())
                                        .get("/api/v1/auth/oidc/nowhere/start")
                                        .statusCode()
                                == 429);

        Awaitility.await("the refusal")
                .until(
                        () -> of("203.0.113.26", "session.begin"),
                        found ->
                                found.stream()
                                        .map(JsonObject.class::cast)
                                        .anyMatch(one ->
                                                "RATE_LIMITED".equals(one.getString("outcome"))));
    }

    private static RequestSpecification from(String address, RequestSpecification request) {
        return request.header("X-Forwarded-For", address);
    }

    private static void refusal(String client, String code, Person who) {
        JsonArray found =
                Awaitility.await("the refusal of " + client)
                        .until(() -> of(client, "request.refuse"), all -> !all.isEmpty());
        assertThat(found).hasSize(1);
        JsonObject record = found.getJsonObject(0);
        assertThat(record.getString("outcome")).isEqualTo(code);
        assertThat(record.getString("user_id")).isEqualTo(who == null ? null : who.id().toString());
        assertThat(record.getString("tenant")).isEqualTo(who == null ? null : who.tenant());
        assertThat(new JsonObject(record.getString("details")).getString("reason")).isNotBlank();
    }

    private static JsonArray of(String client, String action) {
        return new JsonArray(
                TestTenant.query(
                        """
                        select coalesce(json_agg(v), '[]')
                          from auth.audit_v1 v
                         where client = ? and action = ?
                        """,
                        client,
                        action));
    }
}
