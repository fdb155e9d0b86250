package dev.drawbridge.auth.user;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

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

import java.util.UUID;

@QuarkusTest
@WithTestResource(AuthDatastore.class)
class ServiceAccountTest {
    private static final String USERS = "/api/v1/users";
    private static final String ME = "/api/v1/auth/me";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");

    @Test
    void has_tokens_and_nothing_to_sign_in_with() {
        String id = account("{\"username\": \"etl\", \"kind\": \"service\"}");

        String token = token(admin, id).then().statusCode(201).extract().path("token");

        Api.bearer(token).get(ME).then().statusCode(200).body("username", equalTo("etl"));
        Api.login(tenant.id(), "etl", TestTenant.PASSWORD).then().spec(Api.unauthenticated());
        Api.as(admin).get("/api/v1/auth/tokens?userId=" + id).then().body("items", hasSize(1));
    }

    @Test
    void gets_a_service_role_key_that_works() {
        String id = account("{\"username\": \"etl\", \"kind\": \"service\"}");

        String key =
                Api.as(admin)
                        .body("{\"name\": \"back end\", \"type\": \"service_role\"}")
                        .post(USERS + "/" + id + "/tokens")
                        .then()
                        .statusCode(201)
                        .body("token", startsWith("dbr_"))
                        .body("type", equalTo("service_role"))
                        .extract()
                        .path("token");

        Api.bearer(key).get(ME).then().statusCode(200).body("username", equalTo("etl"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password | {'username': 'etl', 'kind': 'service', 'password': 'green tea at five'}",
                "password | {'username': 'etl', 'kind': 'service', 'mustChangePassword': true}",
                "password | {'username': 'etl', 'kind': 'person'}",
                "kind | {'username': 'etl', 'kind': 'robot', 'password': 'green tea at five'}"
            })
    void is_refused_what_it_cannot_have(String field, String body) {
        Api.as(admin).body(body.replace('\'', '"')).post(USERS).then().spec(Api.invalid(field));
    }

    @Test
    void never_becomes_a_person_nor_gets_a_password() {
        String id = account("{\"username\": \"etl\", \"kind\": \"service\"}");
        Person kim = tenant.person("kim");

        change(id, "{\"password\": \"green tea at five\"}").then().spec(Api.invalid("password"));
        change(id, "{\"kind\": \"person\"}").then().spec(Api.invalid("kind"));
        change(kim.id().toString(), "{\"kind\": \"service\"}").then().spec(Api.invalid("kind"));
        Api.as(admin).post(USERS + "/" + id + "/password-reset").then().spec(Api.notFound());
    }

    @Test
    void gets_tokens_from_who_holds_as_much_and_has_proved_it_lately() {
        String id = account("{\"username\": \"etl\", \"kind\": \"service\"}");
        UUID group = tenant.group("etl");
        tenant.grant(group, "connection:7", "write");
        TestTenant.run(
                "insert into auth.group_member (tenant_id, id, group_id, user_id)"
                        + " values (?, gen_random_uuid(), ?, ?)",
                tenant.id(),
                group,
                UUID.fromString(id));
        Person delegate = tenant.holding("delegate", "admin:*", "admin");
        Person kim = tenant.person("kim");

        token(delegate, id).then().spec(Api.forbidden());
        token(kim, id).then().spec(Api.forbidden());
        token(admin, kim.id().toString()).then().spec(Api.notFound());
        token(TestTenant.fresh().superuser("root"), id).then().spec(Api.notFound());
        TestTenant.run(
                "update auth.session set proved_at = now() - interval '1 hour' where user_id = ?",
                admin.id());
        token(admin, id).then().spec(Api.problem(401, "REAUTHENTICATION_REQUIRED"));
    }

    @Test
    void ends_with_its_tokens_when_it_is_disabled() {
        String id = account("{\"username\": \"etl\", \"kind\": \"service\"}");
        String token = token(admin, id).then().extract().path("token");

        change(id, "{\"enabled\": false}").then().statusCode(200);
        Api.bearer(token).get(ME).then().spec(Api.unauthenticated());
        change(id, "{\"enabled\": true}").then().statusCode(200);

        Api.bearer(token).get(ME).then().spec(Api.unauthenticated());
    }

    @Test
    void is_no_superuser_who_could_sign_in() {
        account("{\"username\": \"etl\", \"kind\": \"service\", \"superuser\": true}");

        change(admin.id().toString(), "{\"enabled\": false}").then().spec(Api.conflict());
        change(admin.id().toString(), "{\"superuser\": false}").then().spec(Api.conflict());
    }

    private String account(String body) {
        return Api.as(admin)
                .body(body)
                .post(USERS)
                .then()
                .statusCode(201)
                .body("kind", equalTo("service"))
                .extract()
                .path("id");
    }

    private static Response token(Person by, String account) {
        return Api.as(by).body("{\"name\": \"t\"}").post(USERS + "/" + account + "/tokens");
    }

    private Response change(String id, String body) {
        return Api.as(admin).header("If-Match", "*").body(body).patch(USERS + "/" + id);
    }
}
