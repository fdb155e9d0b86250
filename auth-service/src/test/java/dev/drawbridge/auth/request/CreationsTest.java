package dev.drawbridge.auth.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class CreationsTest {
    private static final String GROUPS = "/api/v1/groups";
    private static final String NORTH = "{\"name\": \"North\"}";
    private static final String USER =
            "{\"username\": \"lee\", \"password\": \"a secret of lee's\"}";

    @Inject IdempotencyRepository answers;

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");

    @Test
    void gives_the_same_answer_to_the_same_request() {
        Response first = post("k", GROUPS, NORTH);
        Response again = post("k", GROUPS, "{ \"name\":\"North\" }");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        Api.as(admin).get(GROUPS).then().body("items", hasSize(1));
    }

    @Test
    void makes_the_thing_again_without_a_key() {
        Api.as(admin).body(NORTH).post(GROUPS).then().statusCode(201);
        Api.as(admin).body(NORTH).post(GROUPS).then().spec(Api.conflict());
    }

    @Test
    void refuses_another_request_under_the_same_key() {
        post("k", GROUPS, NORTH).then().statusCode(201);

        post("k", GROUPS, "{\"name\": \"South\"}").then().spec(Api.conflict());
        post("k", "/api/v1/users", USER).then().spec(Api.conflict());
    }

    @Test
    void notices_that_only_the_password_is_another() {
        post("k", "/api/v1/users", USER).then().statusCode(201);

        post("k", "/api/v1/users", USER).then().statusCode(201);
        post("k", "/api/v1/users", USER.replace("secret", "other one")).then().spec(Api.conflict());
    }

    @Test
    void keeps_keys_of_different_people_apart() {
        Person other = tenant.superuser("other");

        post("k", GROUPS, NORTH).then().statusCode(201);

        Api.as(other)
                .header("Idempotency-Key", "k")
                .body("{\"name\": \"South\"}")
                .post(GROUPS)
                .then()
                .statusCode(201);
    }

    @Test
    void forgets_a_request_that_failed() {
        post("k", GROUPS, NORTH).then().statusCode(201);
        post("l", GROUPS, NORTH).then().spec(Api.conflict());

        post("l", GROUPS, "{\"name\": \"South\"}").then().statusCode(201);
    }

    @Test
    void never_keeps_a_token_s_secret_and_says_that_it_was_made() {
        String body = "{\"name\": \"agent\"}";
        post("k", "/api/v1/auth/tokens", body).then().statusCode(201);

        post("k", "/api/v1/auth/tokens", body)
                .then()
                .spec(Api.conflict())
                .body(
                        "detail",
                        equalTo(
                                "This request was already created; its secret was shown that once."));

        Api.as(admin).get("/api/v1/auth/tokens").then().body("items", hasSize(1));
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.idempotency where answer is not null"
                                        + " and tenant_id = ?",
                                tenant.id()))
                .isEqualTo("0");
    }

    @Test
    void stores_no_password_and_no_digest_of_one() {
        post("k", "/api/v1/users", USER).then().statusCode(201);

        String stored =
                TestTenant.query(
                        "select i::text from auth.idempotency i where tenant_id = ?", tenant.id());

        assertThat(stored).contains("k1:").doesNotContain("secret").doesNotContain("$2b$");
    }

    @Test
    void makes_one_thing_of_many_requests_at_once() {
        var statuses = AtOnce.of(8, _ -> post("k", GROUPS, NORTH).statusCode());

        assertThat(statuses).containsOnly(201);
        Api.as(admin).get(GROUPS).then().body("items", hasSize(1));
    }

    @Test
    void takes_a_key_again_after_a_day() {
        post("k", GROUPS, NORTH).then().statusCode(201);
        TestTenant.run(
                "update auth.idempotency set expires_at = now() - interval '1 s' where tenant_id = ?",
                tenant.id());

        post("k", GROUPS, "{\"name\": \"South\"}").then().statusCode(201);
    }

    @Test
    void removes_old_keys() {
        post("k", GROUPS, NORTH).then().statusCode(201);
        TestTenant.run(
                "update auth.idempotency set expires_at = now() - interval '1 s' where tenant_id = ?",
                tenant.id());

        answers.removeExpired();

        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.idempotency where tenant_id = ?",
                                tenant.id()))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "é"})
    void takes_a_visible_key(String key) {
        post(key, GROUPS, NORTH).then().spec(Api.invalid("Idempotency-Key"));
    }

    private Response post(String key, String path, String body) {
        return Api.as(admin).header("Idempotency-Key", key).body(body).post(path);
    }
}
