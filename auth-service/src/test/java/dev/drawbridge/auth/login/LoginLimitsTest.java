package dev.drawbridge.auth.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.OpaqueCredential;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Header;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// The limits that hold without configuration, behind a proxy on loopback.
@QuarkusTest
@WithTestResource(
        value = AuthDatastore.class,
        initArgs = @ResourceArg(name = "limits", value = "default"))
class LoginLimitsTest {
    private static final String FORWARDED = "X-Forwarded-For";
    private static final String WRONG = "wrong horse battery";
    // Nothing is hashed for it, so that a test of many attempts takes no minutes.
    private static final String IMPOSSIBLE = "x".repeat(73);
    private static final int ADDRESS_LIMIT = 60;
    private static final int TOKEN_LIMIT = 120;
    private static final int SIGN_ON_LIMIT = 120;
    private static final int LETTER_LIMIT = 20;

    private final TestTenant tenant = TestTenant.fresh();

    @Test
    void limits_sign_ons_that_begin_from_one_address_and_no_other() {
        for (int i = 0; i < SIGN_ON_LIMIT; i++) {
            startSignOn("203.0.113.77").then().spec(Api.notFound());
        }

        // While these were asked for, some more became free.
        assertThat(IntStream.range(0, 10 * SIGN_ON_LIMIT))
                .anyMatch(_ -> startSignOn("203.0.113.77").statusCode() == 429);
        startSignOn("203.0.113.78").then().spec(Api.notFound());
    }

    private static Response startSignOn(String from) {
        return RestAssured.given().header(FORWARDED, from).get("/api/v1/auth/oidc/nowhere/start");
    }

    @Test
    void limits_letters_that_are_asked_for_from_one_address_and_no_other() {
        for (int i = 0; i < LETTER_LIMIT / 2; i++) {
            askForLetter("203.0.113.80", "password/forgot").then().spec(Api.conflict());
            askForLetter("203.0.113.80", "registration").then().spec(Api.notFound());
        }

        for (String path : new String[] {"password/forgot", "registration"}) {
            // While these were asked for, some more became free.
            assertThat(IntStream.range(0, LETTER_LIMIT))
                    .anyMatch(_ -> askForLetter("203.0.113.80", path).statusCode() == 429);
        }
        askForLetter("203.0.113.81", "password/forgot").then().spec(Api.conflict());
    }

    /// There is no mail server here, which is said to who may still ask.
    private static Response askForLetter(String from, String path) {
        return Api.anyone()
                .header(FORWARDED, from)
                .body("{\"email\": \"kim@acme.example\"}")
                .post("/api/v1/auth/" + path);
    }

    @Test
    void locks_an_account_that_is_there_and_one_that_is_not_alike() {
        tenant.person("kim");
        for (int i = 0; i < 10; i++) {
            login("203.0.113.1", "kim", WRONG).then().spec(Api.unauthenticated());
            login("203.0.113.1", "nobody", IMPOSSIBLE).then().spec(Api.unauthenticated());
        }

        Response known = login("203.0.113.2", "kim", WRONG);
        Response right = login("203.0.113.2", "kim", TestTenant.PASSWORD);
        Response unknown = login("203.0.113.2", "nobody", WRONG);

        for (Response refusal : new Response[] {known, right, unknown}) {
            refusal.then().spec(Api.problem(429, "RATE_LIMITED"));
            assertThat(Integer.parseInt(refusal.header("Retry-After"))).isBetween(1, 60);
            assertThat(refusal.path("detail").toString()).startsWith("Too many requests.");
            assertThat(names(refusal)).isEqualTo(names(known));
        }
        login("203.0.113.2", "lee", WRONG).then().spec(Api.unauthenticated());
    }

    @Test
    void lets_the_owner_in_again_once_an_administrator_unlocked() {
        Person kim = tenant.person("kim");
        Person root = tenant.superuser("root");
        Person admin = tenant.holding("admin", "admin:users", "admin");
        lock("kim");
        lock("root");
        String unlock = "/api/v1/users/" + kim.id() + "/unlock";

        Api.as(kim).post(unlock).then().spec(Api.forbidden());
        Api.as(tenant.holding("lee", "admin:users", "write"))
                .post(unlock)
                .then()
                .spec(Api.forbidden());
        Api.anyone().post(unlock).then().spec(Api.unauthenticated());
        Api.as(TestTenant.fresh().superuser("root")).post(unlock).then().spec(Api.notFound());
        Api.as(admin)
                .post("/api/v1/users/" + UUID.randomUUID() + "/unlock")
                .then()
                .spec(Api.notFound());
        Api.as(admin).post("/api/v1/users/" + root.id() + "/unlock").then().spec(Api.forbidden());
        login("203.0.113.3", "kim", TestTenant.PASSWORD).then().statusCode(429);
        Api.as(admin).post(unlock).then().statusCode(204);

        login("203.0.113.3", "kim", TestTenant.PASSWORD).then().statusCode(200);
        login("203.0.113.3", "root", TestTenant.PASSWORD).then().statusCode(429);
        Api.as(root).post("/api/v1/users/" + root.id() + "/unlock").then().statusCode(204);
        login("203.0.113.3", "root", TestTenant.PASSWORD).then().statusCode(200);
    }

    @Test
    void forgets_failures_when_the_owner_comes_in() {
        tenant.person("kim");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 9; i++) {
                login("203.0.113.4", "kim", IMPOSSIBLE).then().spec(Api.unauthenticated());
            }
            login("203.0.113.4", "kim", TestTenant.PASSWORD).then().statusCode(200);
        }
    }

    @Test
    void counts_by_the_address_that_the_proxy_saw_and_not_by_one_that_was_forged() {
        tenant.person("kim");
        long refused =
                IntStream.range(0, ADDRESS_LIMIT + 20)
                        .mapToObj(i ->
                                login("198.51.100." + i + ", 203.0.113.5", "u" + i, IMPOSSIBLE))
                        .filter(answer -> answer.statusCode() == 429)
                        .count();

        // While the loop runs, one or two may come back.
        assertThat(refused).isBetween(15L, 20L);
        login("198.51.100.1", "kim", TestTenant.PASSWORD).then().statusCode(200);
    }

    @Test
    void counts_attempts_of_one_address_over_all_tenants() {
        long refused =
                IntStream.range(0, ADDRESS_LIMIT + 20)
                        .mapToObj(i -> forwarded("203.0.113.6", "tenant-" + i, "u", IMPOSSIBLE))
                        .filter(answer -> answer.statusCode() == 429)
                        .count();

        assertThat(refused).isBetween(15L, 20L);
    }

    @Test
    void limits_tokens_that_do_not_work_and_none_that_do() {
        Person kim = tenant.person("kim");
        String token = Api.newToken(kim, "");
        boolean limited = false;
        for (int i = 0; i < 4 * TOKEN_LIMIT && !limited; i++) {
            String unknown = OpaqueCredential.generate(CredentialType.API_TOKEN).text();
            Response refusal =
                    i % 2 == 0
                            ? exchange(unknown, "203.0.113.7")
                            : Api.bearer(i % 3 == 0 ? unknown : "dbk_x")
                                    .header(FORWARDED, "203.0.113.7")
                                    .get("/api/v1/auth/me");
            limited = refusal.statusCode() == 429;
            if (limited) {
                refusal.then()
                        .spec(Api.problem(429, "RATE_LIMITED"))
                        .header("Retry-After", notNullValue());
                assertThat(i).isGreaterThanOrEqualTo(TOKEN_LIMIT);
            } else {
                refusal.then().spec(Api.unauthenticated());
            }
        }

        assertThat(limited).isTrue();
        exchange(token, "203.0.113.7").then().statusCode(200);
        Api.bearer(token)
                .header(FORWARDED, "203.0.113.7")
                .get("/api/v1/auth/me")
                .then()
                .statusCode(200);
    }

    @Test
    void judges_the_network_of_a_token_by_the_address_that_the_proxy_saw() {
        String token = Api.newToken(tenant.person("kim"), "\"allowedCidrs\": [\"203.0.113.0/24\"]");

        for (String[] sent :
                new String[][] {
                    {"203.0.113.8", "200"},
                    {"198.51.100.1, 203.0.113.8", "200"},
                    {"203.0.113.8, 198.51.100.1", "401"},
                    {"198.51.100.1", "401"},
                    {"", "401"}
                }) {
            Api.bearer(token)
                    .header(FORWARDED, sent[0])
                    .get("/api/v1/auth/me")
                    .then()
                    .statusCode(Integer.parseInt(sent[1]));
        }
    }

    private static List<String> names(Response answer) {
        return answer.headers().asList().stream().map(Header::getName).sorted().toList();
    }

    private void lock(String username) {
        IntStream.range(0, 10).forEach(_ -> login("203.0.113.9", username, IMPOSSIBLE));
    }

    private Response login(String from, String username, String password) {
        return forwarded(from, tenant.id(), username, password);
    }

    private static Response forwarded(
            String from, String tenant, String username, String password) {
        return Api.anyone()
                .header(FORWARDED, from)
                .body(
                        """
                        {"tenant": "%s", "username": "%s", "password": "%s"}
                        """
                                .formatted(tenant, username, password))
                .post("/api/v1/auth/login");
    }

    private static Response exchange(String token, String from) {
        return RestAssured.given()
                .header(FORWARDED, from)
                .formParam("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                .formParam("subject_token", token)
                .formParam("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
                .post("/api/v1/auth/exchange");
    }
}
