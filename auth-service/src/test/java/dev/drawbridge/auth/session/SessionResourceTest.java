package dev.drawbridge.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class SessionResourceTest {
    private static final String SESSIONS = "/api/v1/auth/sessions";
    private static final String ME = "/api/v1/auth/me";

    @Inject SessionRepository repository;

    private final TestTenant tenant = TestTenant.fresh();
    private final Person kim = tenant.person("kim");

    @Test
    void shows_where_one_is_signed_in() {
        String laptop =
                Api.anyone()
                        .header("User-Agent", "Laptop/1.0 " + "x".repeat(300))
                        .body(
                                """
                                {"tenant": "%s", "username": "kim", "password": "%s"}
                                """
                                        .formatted(tenant.id(), TestTenant.PASSWORD))
                        .post("/api/v1/auth/login")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("token");

        var sessions =
                Api.bearer(laptop)
                        .get(SESSIONS)
                        .then()
                        .statusCode(200)
                        .body("items", hasSize(2))
                        .body("items.current", containsInAnyOrder(true, false))
                        .body("items[1].current", equalTo(true))
                        .body("items[1].userId", equalTo(kim.id().toString()))
                        .body("items[1].lastAddress", equalTo("127.0.0.1"))
                        .body("items[1].lastSeenAt", notNullValue())
                        .body("items[1].createdAt", notNullValue())
                        .body("items[0].userAgent", nullValue())
                        .body("items[1].ofSuperuser", nullValue())
                        .extract();

        assertThat(sessions.<String>path("items[1].userAgent"))
                .startsWith("Laptop/1.0")
                .hasSize(256);
        assertThat(sessions.asString()).doesNotContain("dbs_");
    }

    @Test
    void shows_them_page_by_page() {
        tenant.session(kim.id());

        Api.as(kim)
                .get(SESSIONS + "?limit=1")
                .then()
                .body("items", hasSize(1))
                .body("items[0].expiresAt", notNullValue())
                .body("nextCursor", notNullValue());
    }

    @Test
    void ends_a_session_of_one_s_own_everywhere_at_once() {
        String other = tenant.session(kim.id());
        String id = idOf(other);
        String jwt = Api.exchange(other).then().extract().path("access_token");

        Api.as(kim).delete(SESSIONS + "/" + id).then().statusCode(204);

        Api.bearer(other).get(ME).then().spec(Api.unauthenticated());
        Api.bearer(jwt).get(ME).then().spec(Api.unauthenticated());
        Api.exchange(other).then().spec(Api.unauthenticated());
        Api.as(kim).get(ME).then().statusCode(200);
        Api.as(kim).get(SESSIONS).then().body("items.id", not(List.of(id)));
        Api.as(kim).delete(SESSIONS + "/" + id).then().spec(Api.notFound());
    }

    @Test
    void signs_out_everywhere_and_leaves_tokens() {
        String other = tenant.session(kim.id());
        String token = Api.newToken(kim, "");
        Person lee = tenant.person("lee");

        Api.as(kim).delete(SESSIONS).then().statusCode(204);

        Api.as(kim).get(ME).then().spec(Api.unauthenticated());
        Api.bearer(other).get(ME).then().spec(Api.unauthenticated());
        Api.bearer(token).get(ME).then().statusCode(200);
        Api.as(lee).get(ME).then().statusCode(200);
    }

    @Test
    void shows_and_ends_those_of_others_to_administrators_of_users_only() {
        Person reader = tenant.holding("reader", "admin:users", "read");
        Person admin = tenant.holding("admin", "admin:users", "admin");
        Person root = tenant.superuser("root");
        Person stranger = TestTenant.fresh().superuser("root");
        String ofKim = SESSIONS + "?userId=" + kim.id();
        String id = idOf(kim.session());

        Api.as(tenant.person("lee")).get(ofKim).then().spec(Api.forbidden());
        Api.as(tenant.person("mo")).delete(SESSIONS + "/" + id).then().spec(Api.notFound());
        Api.as(reader).get(ofKim).then().body("items.id", equalTo(List.of(id)));
        Api.as(reader).delete(SESSIONS + "/" + id).then().spec(Api.notFound());
        Api.as(reader).delete(ofKim).then().spec(Api.forbidden());
        Api.as(stranger).get(ofKim).then().body("items", hasSize(0));
        Api.as(stranger).delete(SESSIONS + "/" + id).then().spec(Api.notFound());
        Api.as(stranger).delete(ofKim).then().spec(Api.notFound());
        Api.anyone().get(SESSIONS).then().spec(Api.unauthenticated());
        Api.anyone().delete(SESSIONS).then().spec(Api.unauthenticated());
        Api.as(admin).delete(SESSIONS + "/" + idOf(root.session())).then().spec(Api.forbidden());
        Api.as(admin).delete(SESSIONS + "?userId=" + root.id()).then().spec(Api.forbidden());
        Api.as(admin).delete(SESSIONS + "?userId=" + UUID.randomUUID()).then().spec(Api.notFound());
        Api.as(admin).delete(SESSIONS + "?userId=x").then().spec(Api.invalid("userId"));
        Api.as(kim).get(ME).then().statusCode(200);

        Api.as(admin).delete(SESSIONS + "/" + id).then().statusCode(204);
        Api.as(kim).get(ME).then().spec(Api.unauthenticated());
        String again = tenant.session(kim.id());
        Api.as(admin).delete(ofKim).then().statusCode(204);
        Api.bearer(again).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void are_no_business_of_a_scoped_token_of_their_owner() {
        String scoped = Api.newToken(kim, "\"scopes\": []");
        String unscoped = Api.newToken(kim, "");

        Api.bearer(scoped).get(SESSIONS).then().spec(Api.forbidden());
        Api.bearer(scoped).delete(SESSIONS).then().spec(Api.forbidden());
        Api.bearer(scoped).delete(SESSIONS + "/" + idOf(kim.session())).then().spec(Api.notFound());
        Api.bearer(unscoped).get(SESSIONS).then().body("items", hasSize(1));
    }

    @Test
    void ends_when_it_is_not_used() {
        String jwt = Api.exchange(kim.session()).then().extract().path("access_token");
        idleFor("119 min");
        Api.as(kim).get(ME).then().statusCode(200);
        idleFor("121 min");

        Api.as(kim).get(ME).then().spec(Api.unauthenticated());
        Api.bearer(jwt).get(ME).then().spec(Api.unauthenticated());
        Api.exchange(kim.session()).then().spec(Api.unauthenticated());
        Person admin = tenant.holding("admin", "admin:users", "admin");
        Api.as(admin).get(SESSIONS + "?userId=" + kim.id()).then().body("items", hasSize(0));
        repository.removeExpired();
        assertThat(
                        TestTenant.query(
                                "select count(*) from auth.session where user_id = ?", kim.id()))
                .isEqualTo("0");
    }

    @Test
    void notes_its_last_use_and_from_where() {
        idleFor("90 min");
        Api.exchangeFrom(kim.session(), "203.0.113.9").then().statusCode(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        TestTenant.query(
                                        """
                                        select coalesce(last_address, '')
                                          from auth.session
                                         where user_id = ?
                                           and last_seen_at > now() - interval '1 min'
                                         union all
                                        select ''
                                         limit 1
                                        """,
                                        kim.id())
                                .equals("203.0.113.9"));
    }

    @Test
    void starts_with_no_idle_time_that_a_gateway_would_exceed() {
        var config =
                new SessionConfig() {
                    @Override
                    public Duration lifetime() {
                        return Duration.ofHours(12);
                    }

                    @Override
                    public Duration idle() {
                        return Duration.ofMinutes(9);
                    }

                    @Override
                    public boolean cookieSecure() {
                        return true;
                    }

                    @Override
                    public Optional<List<String>> cookieOrigins() {
                        return Optional.empty();
                    }
                };

        assertThatThrownBy(() -> new SessionRepository(null, config))
                .hasMessageContaining("auth.session.idle");
    }

    private void idleFor(String time) {
        TestTenant.run(
                "update auth.session set last_seen_at = now() - ?::interval where user_id = ?",
                time,
                kim.id());
    }

    private static String idOf(String session) {
        return Api.bearer(session).get(ME).then().extract().path("credential.id");
    }
}
