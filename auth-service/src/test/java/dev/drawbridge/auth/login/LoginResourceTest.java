package dev.drawbridge.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class LoginResourceTest {
    private static final String LOGIN = "/api/v1/auth/login";
    private static final String ME = "/api/v1/auth/me";

    @Inject MeterRegistry meters;

    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void signs_in_with_the_right_password() {
        var kim = tenant.person("kim");

        String expiresAt =
                Api.login(tenant.id(), "kim", TestTenant.PASSWORD)
                        .then()
                        .statusCode(200)
                        .header("Cache-Control", "no-store")
                        .body("token", matchesRegex("dbs_[0-9A-Za-z]{49}"))
                        .body("user.id", equalTo(kim.id().toString()))
                        .body("user.username", equalTo("kim"))
                        .extract()
                        .path("expiresAt");

        assertThat(Instant.parse(expiresAt))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(11)),
                        Instant.now().plus(Duration.ofHours(13)));
    }

    @Test
    void signs_the_first_administrator_in_without_a_tenant() {
        Api.anyone()
                .body(
                        """
                        {"username": "admin", "password": "%s"}
                        """
                                .formatted(AuthDatastore.ADMIN_PASSWORD))
                .post(LOGIN)
                .then()
                .statusCode(200)
                .body("user.username", equalTo("admin"));
    }

    @ParameterizedTest
    @CsvSource({"KIM", "Kim", "ｋｉｍ"})
    void takes_another_spelling_for_the_same_name(String spelling) {
        tenant.person("kim");

        Api.login(tenant.id(), spelling, TestTenant.PASSWORD).then().statusCode(200);
    }

    @Test
    void tells_who_one_is() {
        var kim = tenant.holding("kim", "connection:7", "read");
        TestTenant.run(
                "update auth.users set attributes = '{\"store_id\": 7}' where id = ?", kim.id());

        Api.as(kim)
                .get(ME)
                .then()
                .statusCode(200)
                .body("id", equalTo(kim.id().toString()))
                .body("username", equalTo("kim"))
                .body("tenant", equalTo(tenant.id()))
                .body("superuser", equalTo(false))
                .body("groups", equalTo(java.util.List.of("of kim")))
                .body("attributes.store_id", equalTo(7))
                .body("credential.type", equalTo("session"))
                .body("credential", hasKey("id"))
                .body("credential", hasKey("expiresAt"));
    }

    @Test
    void stores_a_digest_of_the_session_and_not_the_session() {
        tenant.person("kim");
        String token =
                Api.login(tenant.id(), "kim", TestTenant.PASSWORD).then().extract().path("token");

        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.session where sha256 = sha256(?::bytea)",
                                token))
                .isEqualTo("1");
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.session s where s::text like ?",
                                "%" + token.substring(4, 20) + "%"))
                .isEqualTo("0");
    }

    @Test
    void says_the_same_of_a_wrong_password_an_unknown_and_a_disabled_user() {
        tenant.person("kim");
        var lee = tenant.person("lee");
        TestTenant.run("update auth.users set enabled = false where id = ?", lee.id());

        String wrong = refusal("kim", "wrong horse battery");
        String unknown = refusal("nobody", TestTenant.PASSWORD);
        String disabled = refusal("lee", TestTenant.PASSWORD);
        String unspeakable = refusal("no body", TestTenant.PASSWORD);

        assertThat(wrong).isEqualTo(unknown).isEqualTo(disabled).isEqualTo(unspeakable);
    }

    @Test
    void does_the_same_work_for_an_unknown_as_for_a_known_user() {
        long known = hashes("verify");
        long nobody = hashes("verify-nobody");
        tenant.person("kim");

        refusal("kim", "wrong horse battery");
        refusal("nobody", "wrong horse battery");

        assertThat(hashes("verify")).isEqualTo(known + 1);
        assertThat(hashes("verify-nobody")).isEqualTo(nobody + 1);
    }

    @Test
    void refuses_a_password_that_nobody_can_have_without_hashing() {
        tenant.person("kim");
        long before = hashes("verify") + hashes("verify-nobody");

        Api.login(tenant.id(), "kim", "x".repeat(60_000)).then().spec(Api.unauthenticated());
        Api.login(tenant.id(), "kim", "x".repeat(73)).then().spec(Api.unauthenticated());
        Api.login(tenant.id(), "kim", "x".repeat(66_000)).then().statusCode(413);

        assertThat(hashes("verify") + hashes("verify-nobody")).isEqualTo(before);
    }

    @Test
    void knows_a_user_only_in_their_own_tenant() {
        tenant.person("kim");

        Api.login(TestTenant.fresh().id(), "kim", TestTenant.PASSWORD)
                .then()
                .spec(Api.unauthenticated());
        Api.login("no such tenant", "kim", TestTenant.PASSWORD).then().spec(Api.unauthenticated());
        Api.login("\\u0000", "kim", TestTenant.PASSWORD).then().spec(Api.unauthenticated());
        Api.login(tenant.id(), "\\u0000", TestTenant.PASSWORD).then().spec(Api.unauthenticated());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "username | {'password': 'x'}",
                "username | {'username': '', 'password': 'x'}",
                "password | {'username': 'kim'}",
                "password | {'username': 'kim', 'password': null}",
                "password | {'username': 'kim', 'password': {}}",
                "pasword | {'username': 'kim', 'pasword': 'x'}",
                "body | {'username'",
                "body | ''",
                "body | []"
            })
    void names_the_field_that_is_wrong(String field, String body) {
        Api.anyone()
                .body(body.equals("''") ? "" : body.replace('\'', '"'))
                .post(LOGIN)
                .then()
                .spec(Api.invalid(field));
    }

    @Test
    void ends_the_session_at_the_logout_and_no_other() {
        var kim = tenant.person("kim");
        String other = tenant.session(kim.id());

        Api.as(kim).post("/api/v1/auth/logout").then().statusCode(204);

        Api.as(kim).get(ME).then().spec(Api.unauthenticated());
        Api.bearer(other).get(ME).then().statusCode(200);
    }

    @Test
    void does_not_log_a_token_out() {
        var kim = tenant.person("kim");
        String token = Api.newToken(kim, "");

        Api.bearer(token).post("/api/v1/auth/logout").then().spec(Api.conflict());

        Api.bearer(token).get(ME).then().statusCode(200);
    }

    @Test
    void lets_nobody_in_without_a_credential_that_works() {
        String session = tenant.person("kim").session();
        TestTenant.run(
                "update auth.session set expires_at = now() where tenant_id = ?", tenant.id());

        Api.anyone()
                .get(ME)
                .then()
                .spec(Api.unauthenticated())
                .header("WWW-Authenticate", "Bearer");
        Api.bearer(session).get(ME).then().spec(Api.unauthenticated());
        Api.bearer("").get(ME).then().spec(Api.unauthenticated());
        Api.bearer("dbs_x").get(ME).then().spec(Api.unauthenticated());
        Api.bearer(session + "x").get(ME).then().spec(Api.unauthenticated());
        Api.anyone()
                .header("Authorization", "Basic YWRtaW46YWRtaW4=")
                .get(ME)
                .then()
                .spec(Api.unauthenticated());
    }

    @Test
    void locks_a_disabled_user_out_at_once() {
        var kim = tenant.person("kim");
        Api.as(kim).get(ME).then().statusCode(200);

        TestTenant.run("update auth.users set enabled = false where id = ?", kim.id());

        Api.as(kim).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void answers_for_no_path_that_it_does_not_have() {
        Api.as(tenant.person("kim")).get("/api/v1/auth/nothing").then().spec(Api.notFound());
        Api.anyone().get(LOGIN).then().statusCode(405);
        Api.anyone().get("/").then().statusCode(404).body(not(equalTo("")));
    }

    @Test
    void refuses_a_query_parameter_that_it_does_not_know() {
        Api.as(tenant.person("kim"))
                .queryParam("verbose", true)
                .get(ME)
                .then()
                .spec(Api.invalid("verbose"));
    }

    private String refusal(String username, String password) {
        return Api.login(tenant.id(), username, password)
                .then()
                .spec(Api.unauthenticated())
                .extract()
                .path("detail");
    }

    private long hashes(String purpose) {
        var timer = meters.find("auth.password.hash").tag("purpose", purpose).timer();
        return timer == null ? 0 : timer.count();
    }
}
