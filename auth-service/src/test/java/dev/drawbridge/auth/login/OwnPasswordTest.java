package dev.drawbridge.auth.login;

import static org.hamcrest.Matchers.containsString;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class OwnPasswordTest {
    private static final String ME = "/api/v1/auth/me";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.person("kim.novak");

    @Test
    void is_changed_by_who_knows_the_current_one() {
        change(TestTenant.PASSWORD, "green tea at five").then().statusCode(204);

        Api.login(tenant.id(), "kim.novak", "green tea at five").then().statusCode(200);
        Api.login(tenant.id(), "kim.novak", TestTenant.PASSWORD).then().spec(Api.unauthenticated());
    }

    @Test
    void ends_other_sessions_and_keeps_this_one_and_tokens() {
        String other = tenant.session(kim.id());
        String token = Api.newToken(kim, "");

        change(TestTenant.PASSWORD, "green tea at five").then().statusCode(204);

        Api.bearer(other).get(ME).then().spec(Api.unauthenticated());
        Api.as(kim).get(ME).then().statusCode(200);
        Api.bearer(token).get(ME).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "currentPassword | wrong horse battery | green tea at five | is wrong",
                "newPassword | correct horse battery | short | at least 12",
                "newPassword | correct horse battery | correct horse battery | another one",
                "newPassword | correct horse battery | qwertyuiopasdf | common and breached",
                "newPassword | correct horse battery | Password123456 | digits or signs",
                "newPassword | correct horse battery | kim.novak.kim | your name"
            })
    void stays_when_it_is_refused_for_a_reason(
            String field, String current, String wanted, String reason) {
        change(current, wanted)
                .then()
                .spec(Api.invalid(field))
                .body("detail", containsString(reason));

        Api.login(tenant.id(), "kim.novak", TestTenant.PASSWORD).then().statusCode(200);
    }

    @Test
    void is_nothing_that_a_token_changes_or_that_an_account_without_one_has() {
        String token = Api.newToken(kim, "");
        Api.bearer(token)
                .body(body(TestTenant.PASSWORD, "green tea at five"))
                .put("/api/v1/auth/password")
                .then()
                .spec(Api.forbidden());
        TestTenant.run("update auth.users set password_hash = null where id = ?", kim.id());

        change(TestTenant.PASSWORD, "green tea at five").then().spec(Api.conflict());
    }

    private Response change(String current, String wanted) {
        return Api.as(kim).body(body(current, wanted)).put("/api/v1/auth/password");
    }

    private static String body(String current, String wanted) {
        return "{\"currentPassword\": \"%s\", \"newPassword\": \"%s\"}".formatted(current, wanted);
    }
}
