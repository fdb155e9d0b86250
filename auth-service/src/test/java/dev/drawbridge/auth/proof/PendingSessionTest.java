package dev.drawbridge.auth.proof;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.auth.Api;
import dev.drawbridge.auth.AuthDatastore;
import dev.drawbridge.auth.TestTenant;
import dev.drawbridge.auth.TestTenant.Person;
import dev.drawbridge.auth.secondfactor.Authenticator;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class PendingSessionTest {
    private static final String ME = "/api/v1/auth/me";
    private static final String USERS = "/api/v1/users";
    private static final String NEW_PASSWORD =
            "{\"currentPassword\": \"%s\", \"newPassword\": \"green tea at five\"}"
                    .formatted(TestTenant.PASSWORD);

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");
    private final Person kim = tenant.holding("kim", "admin:users", "read");

    @Test
    void waits_for_a_password_that_someone_else_set_to_be_changed() {
        Api.as(admin)
                .header("If-Match", "*")
                .body("{\"password\": \"set by the admin\", \"mustChangePassword\": true}")
                .patch(USERS + "/" + kim.id())
                .then()
                .statusCode(200)
                .body("mustChangePassword", equalTo(true));
        String session =
                Api.login(tenant.id(), "kim", "set by the admin")
                        .then()
                        .statusCode(200)
                        .body("pending", contains("password"))
                        .extract()
                        .path("token");
        requireUseless(session);

        Api.bearer(session)
                .body(NEW_PASSWORD.replace(TestTenant.PASSWORD, "set by the admin"))
                .put("/api/v1/auth/password")
                .then()
                .statusCode(204);

        Api.bearer(session).get(USERS).then().statusCode(200);
        Api.exchange(session).then().statusCode(200);
        Api.bearer(session).get(ME).then().body("pending", empty());
    }

    @Test
    void waits_for_a_second_factor_that_a_group_requires() {
        require(true, tenant.group("outer"));
        String session = login();
        requireUseless(session);
        Api.bearer(session).get(ME).then().body("pending", contains("second_factor"));

        Authenticator.enrol(session);

        Api.bearer(session).get(USERS).then().statusCode(200);
        Api.exchange(session).then().statusCode(200);
    }

    @Test
    void is_what_sessions_become_when_a_group_begins_to_require_it() {
        UUID group = tenant.group("late");
        tenant.member(group, kim);
        Api.as(kim).get(USERS).then().statusCode(200);

        requireByApi(group);

        requireUseless(kim.session());
        Authenticator.enrol(kim);
        Api.as(kim).get(USERS).then().statusCode(200);
    }

    @Test
    void goes_on_when_the_factor_is_shown_that_it_was_begun_without() {
        var phone = Authenticator.enrol(kim);
        require(true, tenant.group("late"));
        String session = tenant.session(kim.id());
        requireUseless(session);
        Api.bearer(session)
                .body(Authenticator.otp("000"))
                .post("/api/v1/auth/second-factor/show")
                .then()
                .spec(Api.problem(401, "SECOND_FACTOR_REQUIRED"));

        Api.bearer(session)
                .body(Authenticator.otp(phone.unusedCode()))
                .post("/api/v1/auth/second-factor/show")
                .then()
                .statusCode(204);

        Api.bearer(session).get(USERS).then().statusCode(200);
    }

    @Test
    void waits_for_whoever_is_in_a_group_through_another() {
        UUID outer = tenant.group("outer");
        UUID inner = tenant.group("inner");
        tenant.nest(outer, inner);
        tenant.member(inner, kim);
        TestTenant.run("update auth.groups set requires_second_factor = true where id = ?", outer);

        requireUseless(kim.session());
    }

    @Test
    void gets_no_further_by_an_access_token_that_it_had_before() {
        String jwt = Api.exchange(kim.session()).then().extract().path("access_token");
        Api.bearer(jwt).get(USERS).then().statusCode(200);

        require(true, tenant.group("late"));

        Api.bearer(jwt).get(USERS).then().spec(Api.forbidden());
    }

    @Test
    void waits_for_both_and_for_a_superuser_too() {
        require(false, tenant.group("late"));
        TestTenant.run(
                "update auth.users set must_change_password = true where id = ?", admin.id());

        Api.as(admin)
                .get(ME)
                .then()
                .body("pending", containsInAnyOrder("password", "second_factor"));
        Api.as(admin).get(USERS).then().spec(Api.forbidden());
    }

    @Test
    void keeps_the_factor_required_unless_who_holds_as_much_as_the_group_lifts_it() {
        UUID group = tenant.group("strong");
        tenant.grant(group, "connection:7", "write");
        TestTenant.run("update auth.groups set requires_second_factor = true where id = ?", group);
        Person delegate = tenant.holding("delegate", "admin:groups", "admin");
        String lift = "{\"requiresSecondFactor\": false}";

        Api.as(delegate)
                .header("If-Match", "*")
                .body(lift)
                .patch("/api/v1/groups/" + group)
                .then()
                .spec(Api.forbidden());
        Api.as(admin)
                .header("If-Match", "*")
                .body(lift)
                .patch("/api/v1/groups/" + group)
                .then()
                .statusCode(200)
                .body("requiresSecondFactor", equalTo(false))
                .body("name", equalTo("strong"));
    }

    @Test
    void is_escaped_by_nobody_whom_someone_lets_out_who_holds_less_than_the_group() {
        UUID outer = tenant.group("outer");
        UUID inner = tenant.group("inner");
        tenant.grant(outer, "connection:7", "write");
        tenant.nest(outer, inner);
        tenant.member(inner, kim);
        TestTenant.run("update auth.groups set requires_second_factor = true where id = ?", outer);
        Person delegate = tenant.holding("delegate", "admin:groups", "admin");

        for (UUID group : List.of(inner, outer)) {
            String path = "/api/v1/groups/" + group;
            String member = path + "/members/" + memberOf(group);
            Api.as(delegate).delete(member).then().spec(Api.forbidden());
            Api.as(delegate).delete(path).then().spec(Api.forbidden());
        }
        requireUseless(kim.session());
        Api.as(admin)
                .delete("/api/v1/groups/" + inner + "/members/" + memberOf(inner))
                .then()
                .statusCode(204);
        Api.as(admin).delete("/api/v1/groups/" + outer).then().statusCode(204);
        Api.as(delegate).delete("/api/v1/groups/" + inner).then().statusCode(204);
    }

    private String memberOf(UUID group) {
        return Api.as(admin)
                .get("/api/v1/groups/" + group + "/members")
                .then()
                .extract()
                .path("items[0].id");
    }

    private void requireUseless(String session) {
        Api.bearer(session).get(USERS).then().spec(Api.forbidden());
        Api.bearer(session)
                .body("{\"name\": \"way round\"}")
                .post("/api/v1/auth/tokens")
                .then()
                .spec(Api.forbidden());
        Api.exchange(session).then().spec(Api.unauthenticated());
    }

    private void require(boolean ofKim, UUID group) {
        tenant.member(group, ofKim ? kim : admin);
        TestTenant.run("update auth.groups set requires_second_factor = true where id = ?", group);
    }

    private void requireByApi(UUID group) {
        Api.as(admin)
                .header("If-Match", "*")
                .body("{\"requiresSecondFactor\": true}")
                .patch("/api/v1/groups/" + group)
                .then()
                .statusCode(200)
                .body("requiresSecondFactor", equalTo(true));
    }

    private String login() {
        return Api.login(tenant.id(), "kim", TestTenant.PASSWORD)
                .then()
                .statusCode(200)
                .body("pending", contains("second_factor"))
                .extract()
                .path("token");
    }
}
