package dev.drawbridge.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.testkit.AtOnce;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class RotationTest {
    private static final String TOKENS = "/api/v1/auth/tokens";
    private static final String ME = "/api/v1/auth/me";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.holding("kim", "connection:7", "write");

    @Test
    void gives_a_successor_with_the_same_limits_beside_the_old_token() {
        String old =
                Api.newToken(
                        kim,
                        """
                        "scopes": [{"object": "connection:7", "level": "read"}],
                        "allowedCidrs": ["127.0.0.0/8"], "agentClass": "edge",
                        "allowedHours": {"timeZone": "UTC", "from": "00:00", "to": "23:59"},
                        "rateLimit": {"requests": 1000, "perSeconds": 60}
                        """);
        String id = idOf(kim.session());

        String successor =
                rotate(kim.session(), id, "{}")
                        .statusCode(201)
                        .header("Cache-Control", "no-store")
                        .body("token", matchesRegex("dbk_[0-9A-Za-z]{49}"))
                        .body("id", not(equalTo(id)))
                        .body("name", equalTo("t"))
                        .body("scopes[0].object", equalTo("connection:7"))
                        .body("allowedCidrs", contains("127.0.0.0/8"))
                        .body("agentClass", equalTo("edge"))
                        .body("allowedHours.to", equalTo("23:59"))
                        .body("rateLimit.requests", equalTo(1000))
                        .extract()
                        .path("token");

        Api.bearer(old).get(ME).then().statusCode(200);
        Api.bearer(successor).get(ME).then().statusCode(200);
        var shown = Api.as(kim).get(TOKENS + "/" + id).then().extract();
        assertThat(shown.<String>path("successorId")).isNotEqualTo(id);
        assertThat(Instant.parse(shown.path("expiresAt")))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)),
                        Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void ends_the_old_token_when_the_overlap_ends() {
        String old = Api.newToken(kim, "");

        String successor =
                rotate(kim.session(), idOf(kim.session()), "{\"overlapSeconds\": 0}")
                        .statusCode(201)
                        .extract()
                        .path("token");

        Api.bearer(old).get(ME).then().spec(Api.unauthenticated());
        Api.bearer(successor).get(ME).then().statusCode(200);
    }

    @Test
    void gives_one_successor_however_often_it_is_asked_at_once() {
        Api.newToken(kim, "");
        String id = idOf(kim.session());

        List<Integer> statuses =
                AtOnce.of(8, _ -> rotate(kim.session(), id, "{}").extract().statusCode());

        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses).filteredOn(status -> status != 201).containsOnly(409);
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.api_token where tenant_id = ?",
                                tenant.id()))
                .isEqualTo("2");
    }

    @Test
    void gives_a_person_the_same_span_of_time_anew() {
        Api.newToken(kim, "\"expiresAt\": \"" + Instant.now().plusSeconds(3600) + "\"");
        TestTenant.run(
                "update auth.api_token set created_at = created_at - interval '50 min',"
                        + " expires_at = expires_at - interval '50 min' where tenant_id = ?",
                tenant.id());

        String end =
                rotate(kim.session(), idOf(kim.session()), "{}")
                        .statusCode(201)
                        .extract()
                        .path("expiresAt");

        assertThat(Instant.parse(end))
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3610));
    }

    @Test
    void gives_a_token_that_rotates_itself_no_more_time_and_ends_with_it() {
        Instant end = Instant.now().plusSeconds(600);
        String old = Api.newToken(kim, "\"expiresAt\": \"" + end + "\", \"scopes\": []");
        String id = idOf(kim.session());

        var made = rotate(old, id, "{}").statusCode(201).extract();

        assertThat(Instant.parse(made.path("expiresAt"))).isBeforeOrEqualTo(end);
        Api.bearer(made.path("token")).get(ME).then().statusCode(200);
        Api.as(kim).delete(TOKENS + "/" + id).then().statusCode(204);
        Api.bearer(made.path("token")).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void never_gives_a_rate_anew_to_the_token_that_it_limits() {
        String rated = Api.newToken(kim, "\"rateLimit\": {\"requests\": 9, \"perSeconds\": 60}");
        String id = idOf(kim.session());

        rotate(rated, id, "{}").spec(Api.forbidden());
        rotate(rated, id, "{\"overlapSeconds\": 0}").spec(Api.forbidden());

        rotate(kim.session(), id, "{}").statusCode(201).body("rateLimit.requests", equalTo(9));
    }

    @Test
    void is_for_the_owner_and_for_no_other_token() {
        String one = Api.newToken(kim, "");
        String id = idOf(kim.session());
        String other = Api.newToken(kim, "");
        Person admin = tenant.holding("admin", "admin:tokens", "admin");
        Person stranger = TestTenant.fresh().superuser("root");

        rotate(other, id, "{}").spec(Api.notFound());
        rotate(admin.session(), id, "{}").spec(Api.notFound());
        rotate(stranger.session(), id, "{}").spec(Api.notFound());
        Api.anyone().body("{}").post(path(id)).then().spec(Api.unauthenticated());
        rotate(kim.session(), id, "{\"overlapSeconds\": -1}").spec(Api.invalid("overlapSeconds"));
        rotate(kim.session(), id, "{\"overlapSeconds\": 86401}")
                .spec(Api.invalid("overlapSeconds"));
        rotate(kim.session(), id, "{\"overlap\": 1}").spec(Api.invalid("overlap"));
        Api.as(kim).delete(TOKENS + "/" + id).then().statusCode(204);
        rotate(kim.session(), id, "{}").spec(Api.notFound());
        Api.bearer(one).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void does_not_show_a_secret_twice_to_a_repetition() {
        Api.newToken(kim, "");
        String id = idOf(kim.session());

        for (int status : new int[] {201, 409}) {
            Api.as(kim)
                    .header("Idempotency-Key", "k")
                    .body("{}")
                    .post(path(id))
                    .then()
                    .statusCode(status);
        }
    }

    private static ValidatableResponse rotate(String credential, String id, String body) {
        return Api.bearer(credential).body(body).post(path(id)).then();
    }

    private static String path(String id) {
        return TOKENS + "/" + id + "/rotate";
    }

    private static String idOf(String session) {
        return Api.bearer(session).get(TOKENS).then().extract().path("items[0].id");
    }
}
