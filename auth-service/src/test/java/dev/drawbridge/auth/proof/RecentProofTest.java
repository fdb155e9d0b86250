package dev.drawbridge.auth.proof;

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
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class RecentProofTest {
    private static final String TOKENS = "/api/v1/auth/tokens";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name': 't'}",
                "{'name': 't', 'scopes': [{'object': '*', 'level': 'admin'}]}",
                "{'name': 't', 'scopes': [{'object': '*', 'level': 'write'}]}",
                "{'name': 't', 'scopes': [{'object': 'admin:users', 'level': 'write'}]}",
                "{'name': 't', 'scopes': [{'object': 'tool:x', 'level': 'read'}, {'object': 'connection:7', 'level': 'admin'}]}"
            })
    void must_be_there_for_a_token_that_administers(String token) {
        stale(admin);
        make(admin, token)
                .then()
                .spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"))
                .header("WWW-Authenticate", containsString("max_age=\"600\""));

        prove(admin, TestTenant.PASSWORD).then().statusCode(204);

        make(admin, token).then().statusCode(201);
    }

    @Test
    void need_not_be_there_for_a_token_that_reads() {
        Person kim = tenant.holding("kim", "connection:7", "write");
        stale(admin);
        stale(kim);

        make(kim, "{'name': 't'}").then().statusCode(201);
        make(admin, "{'name': 't', 'scopes': [{'object': 'tool:*', 'level': 'read'}]}")
                .then()
                .statusCode(201);
    }

    @Test
    void is_not_made_by_a_wrong_password() {
        stale(admin);

        prove(admin, "wrong horse battery").then().spec(Api.invalid("password"));
        prove(admin, "x".repeat(1_000)).then().spec(Api.invalid("password"));

        make(admin, "{'name': 't'}").then().spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
    }

    @Test
    void is_of_one_session_only() {
        String other = tenant.session(admin.id());
        stale(admin);
        prove(admin, TestTenant.PASSWORD).then().statusCode(204);

        Api.bearer(other)
                .body("{\"name\": \"t\"}")
                .post(TOKENS)
                .then()
                .spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
    }

    @Test
    void is_nothing_that_a_token_can_give() {
        String token = Api.newToken(admin, "");

        Api.bearer(token)
                .body("{\"password\": \"" + TestTenant.PASSWORD + "\"}")
                .post("/api/v1/auth/reauthenticate")
                .then()
                .spec(Api.forbidden());
        Api.anyone().post("/api/v1/auth/reauthenticate").then().spec(Api.unauthenticated());
    }

    @Test
    void must_be_there_to_take_one_s_own_account_over_by_way_of_administration() {
        String own = "/api/v1/users/" + admin.id();
        stale(admin);

        for (Response refusal :
                new Response[] {
                    change(admin.session(), own, "{'password': 'green tea at five'}"),
                    change(admin.session(), own, "{'email': 'mine@acme.example'}"),
                    Api.as(admin).post(own + "/password-reset"),
                    Api.as(admin).delete(own + "/second-factor")
                }) {
            refusal.then().spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
        }
        change(admin.session(), own, "{'displayName': 'Root'}").then().statusCode(200);
        Person kim = tenant.person("kim");
        change(admin.session(), "/api/v1/users/" + kim.id(), "{'password': 'green tea at five'}")
                .then()
                .statusCode(200);

        prove(admin, TestTenant.PASSWORD).then().statusCode(204);

        change(admin.session(), own, "{'email': 'mine@acme.example'}").then().statusCode(200);
        Api.as(admin).delete(own + "/second-factor").then().spec(Api.notFound());
        Api.as(admin).post(own + "/password-reset").then().statusCode(200);
    }

    @Test
    void is_nothing_with_which_a_token_takes_its_owner_over() {
        String token = Api.newToken(admin, "");
        String own = "/api/v1/users/" + admin.id();

        change(token, own, "{'password': 'green tea at five'}").then().spec(Api.forbidden());
        Api.bearer(token).post(own + "/password-reset").then().spec(Api.forbidden());
        Api.bearer(token).delete(own + "/second-factor").then().spec(Api.forbidden());
        change(token, own, "{'displayName': 'Root'}").then().statusCode(200);
    }

    private static Response change(String credential, String user, String body) {
        return Api.bearer(credential)
                .header("If-Match", "*")
                .body(body.replace('\'', '"'))
                .patch(user);
    }

    private static Response prove(Person person, String password) {
        return Api.as(person)
                .body("{\"password\": \"" + password + "\"}")
                .post("/api/v1/auth/reauthenticate");
    }

    private static Response make(Person owner, String token) {
        return Api.as(owner).body(token.replace('\'', '"')).post(TOKENS);
    }

    private static void stale(Person person) {
        TestTenant.run(
                "update auth.session set proved_at = now() - interval '11 minutes'"
                        + " where user_id = ?",
                person.id());
    }
}
