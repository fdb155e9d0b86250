package dev.drawbridge.auth.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

/// Who holds a stolen session guesses the password no faster than a stranger at the login.
@QuarkusTest
@WithTestResource(
        value = AuthDatastore.class,
        initArgs = @ResourceArg(name = "limits", value = "default"))
class OwnProofTest {
    private static final String FORWARDED = "X-Forwarded-For";
    // Nothing is hashed for it, so that a test of many attempts takes no minutes.
    private static final String IMPOSSIBLE = "x".repeat(73);
    private static final int ADDRESS_LIMIT = 60;
    private static final int ACCOUNT_LIMIT = 20;

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.person("kim");

    @Test
    void is_locked_for_a_session_that_guesses_and_at_the_login() {
        for (int i = 0; i < 5; i++) {
            prove(kim, "203.0.113.20", IMPOSSIBLE).then().spec(Api.invalid("password"));
            change("203.0.113.20", IMPOSSIBLE).then().spec(Api.invalid("currentPassword"));
        }

        for (Response refusal :
                new Response[] {
                    prove(kim, "203.0.113.21", TestTenant.PASSWORD),
                    prove(kim, "203.0.113.21", IMPOSSIBLE),
                    change("203.0.113.21", TestTenant.PASSWORD),
                    login("203.0.113.21", TestTenant.PASSWORD)
                }) {
            refusal.then().spec(Api.problem(429, "RATE_LIMITED"));
        }
        Api.as(kim).get("/api/v1/auth/me").then().statusCode(200);
    }

    @Test
    void is_locked_by_failures_at_the_login_too() {
        for (int i = 0; i < 10; i++) {
            login("203.0.113.22", IMPOSSIBLE).then().spec(Api.unauthenticated());
        }

        prove(kim, "203.0.113.23", TestTenant.PASSWORD)
                .then()
                .spec(Api.problem(429, "RATE_LIMITED"));
    }

    @Test
    void is_counted_by_the_address_that_the_proxy_saw() {
        long refused =
                IntStream.range(0, 9)
                        .mapToObj(i -> tenant.person("person-" + i))
                        .flatMap(person ->
                                IntStream.range(0, 9)
                                        .mapToObj(i -> prove(person, "203.0.113.24", IMPOSSIBLE)))
                        .filter(answer -> answer.statusCode() == 429)
                        .count();

        // While the loop runs, some become free.
        assertThat(refused).isBetween(1L, 9 * 9L - ADDRESS_LIMIT);
    }

    @Test
    void is_shown_by_who_knows_it_as_often_as_they_want() {
        for (int i = 0; i < 2 * ACCOUNT_LIMIT; i++) {
            prove(kim, "203.0.113.25", TestTenant.PASSWORD).then().statusCode(204);
        }
    }

    private static Response prove(Person person, String from, String password) {
        return Api.as(person)
                .header(FORWARDED, from)
                .body("{\"password\": \"" + password + "\"}")
                .post("/api/v1/auth/reauthenticate");
    }

    private Response change(String from, String current) {
        return Api.as(kim)
                .header(FORWARDED, from)
                .body(
                        "{\"currentPassword\": \"%s\", \"newPassword\": \"green tea at five\"}"
                                .formatted(current))
                .put("/api/v1/auth/password");
    }

    private Response login(String from, String password) {
        return Api.anyone()
                .header(FORWARDED, from)
                .body(
                        """
                        {"tenant": "%s", "username": "kim", "password": "%s"}
                        """
                                .formatted(tenant.id(), password))
                .post("/api/v1/auth/login");
    }
}
