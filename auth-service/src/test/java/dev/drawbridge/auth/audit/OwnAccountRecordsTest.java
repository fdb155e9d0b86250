package dev.drawbridge.auth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.secondfactor.Authenticator;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What people do with their own account, and what somebody else tries with it, is on record by the
/// user's name.
@QuarkusTest
@WithTestResource(AuthDatastore.class)
class OwnAccountRecordsTest {
    private static final String SECRET = "a wrong password!";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person root = tenant.superuser("root");
    private final Person kim = tenant.person("kim");
    private final String user = "user:" + kim.id();

    @Test
    void a_wrong_code_behind_a_right_password() {
        Authenticator.enrol(kim);
        login("000000").then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));

        JsonPath records = records("session.begin", user);
        assertThat(records.getList("items.outcome")).containsExactly("SECOND_FACTOR_REQUIRED");
        assertThat(records.getString("items[0].details.username")).isEqualTo("kim");
    }

    @Test
    void more_wrong_codes_than_may_be_behind_a_right_password() {
        Authenticator.enrol(kim);
        for (int i = 0; i < 6; i++) {
            login("000000");
        }

        Awaitility.await("what is recorded behind the answer")
                .untilAsserted(() ->
                        assertThat(records("session.begin", user).getList("items.outcome"))
                                .contains("RATE_LIMITED"));
    }

    @Test
    void a_proof_and_a_refused_one() {
        prove(SECRET).then().spec(Api.invalid("password"));
        prove(TestTenant.PASSWORD).then().statusCode(204);

        JsonPath records = records("session.prove", null);
        assertThat(records.getList("items.outcome")).containsExactly("OK", "VALIDATION_ERROR");
        assertThat(records.getList("items.userId")).containsOnly(kim.id().toString());
        assertThat(records.getList("items.client")).containsOnly("127.0.0.1");
        assertThat(records.prettify()).doesNotContain(SECRET);
    }

    @Test
    void a_proof_that_lacks_its_second_factor() {
        Authenticator.enrol(kim);
        prove(TestTenant.PASSWORD).then().spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));

        assertThat(records("session.prove", null).getList("items.outcome"))
                .containsExactly("SECOND_FACTOR_REQUIRED");
    }

    @Test
    void a_refused_change_of_the_password() {
        Api.as(kim)
                .body(
                        "{\"currentPassword\": \"%s\", \"newPassword\": \"green tea at five\"}"
                                .formatted(SECRET))
                .put("/api/v1/auth/password")
                .then()
                .spec(Api.invalid("currentPassword"));

        JsonPath records = records("password.change", user);
        assertThat(records.getList("items.outcome")).containsExactly("VALIDATION_ERROR");
        assertThat(records.prettify()).doesNotContain(SECRET);
    }

    @Test
    void a_change_of_the_profile_without_what_people_keep_there() {
        changeProfile("{\"displayName\": \"Kim\"}");
        changeProfile("{\"displayName\": \"Kim Novak\", \"metadata\": {\"theme\": \"dark\"}}");
        changeProfile("{}");

        JsonPath records = records("profile.change", user);
        assertThat(records.getList("items.outcome")).containsExactly("OK", "OK");
        assertThat(records.getList("items.userId")).containsOnly(kim.id().toString());
        assertThat(records.getList("items.details.before")).containsExactly("Kim", "");
        assertThat(records.getList("items.details.after")).containsExactly("Kim Novak", "Kim");
        assertThat(records.getList("items.details.metadataChanged")).containsExactly(true, false);
        assertThat(records.prettify()).doesNotContain("theme");
    }

    private void changeProfile(String body) {
        Api.as(kim)
                .header("If-Match", "*")
                .body(body)
                .patch("/api/v1/auth/profile")
                .then()
                .statusCode(200);
    }

    private Response prove(String password) {
        return Api.as(kim)
                .body("{\"password\": \"" + password + "\"}")
                .post("/api/v1/auth/reauthenticate");
    }

    private Response login(String code) {
        return Api.anyone()
                .body(
                        """
                        {"tenant": "%s", "username": "kim", "password": "%s", "otp": "%s"}
                        """
                                .formatted(tenant.id(), TestTenant.PASSWORD, code))
                .post("/api/v1/auth/login");
    }

    private JsonPath records(String action, String object) {
        var request = Api.as(root).queryParam("action", action);
        if (object != null) {
            request.queryParam("object", object);
        }
        return request.get("/api/v1/audit").then().statusCode(200).extract().jsonPath();
    }
}
