package dev.drawbridge.auth.grant;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

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
class GrantResourceTest {
    private static final String GRANTS = "/api/v1/grants";

    private final TestTenant tenant = TestTenant.fresh();
    private final Person admin = tenant.superuser("root");
    private final UUID group = tenant.group("group");

    @Test
    void makes_reads_changes_and_removes_a_grant() {
        String id =
                grant(admin, group, "connection:7/shop", "read")
                        .then()
                        .statusCode(201)
                        .header("ETag", "\"1\"")
                        .body("groupId", equalTo(group.toString()))
                        .body("object", equalTo("connection:7/shop"))
                        .body("level", equalTo("read"))
                        .extract()
                        .path("id");
        String grant = GRANTS + "/" + id;

        Api.as(admin)
                .header("If-Match", "\"1\"")
                .body("{\"level\": \"write\"}")
                .patch(grant)
                .then()
                .statusCode(200)
                .body("level", equalTo("write"));
        Api.as(admin).get(grant).then().statusCode(200).header("ETag", "\"2\"");
        Api.as(admin).header("If-Match", "\"1\"").delete(grant).then().statusCode(412);
        Api.as(admin).delete(grant).then().statusCode(204);
        Api.as(admin).get(grant).then().spec(Api.notFound());
    }

    @Test
    void takes_effect_on_the_next_request() {
        Person kim = tenant.person("kim");
        tenant.member(group, kim);
        Api.as(kim).get("/api/v1/users").then().spec(Api.forbidden());

        String id = grant(admin, group, "admin:users", "read").then().extract().path("id");
        Api.as(kim).get("/api/v1/users").then().statusCode(200);

        Api.as(admin).delete(GRANTS + "/" + id).then().statusCode(204);
        Api.as(kim).get("/api/v1/users").then().spec(Api.forbidden());
    }

    @ParameterizedTest
    @CsvSource({
        "object, tol:*, read",
        "object, connection:, read",
        "level, tool:*, all",
        "level, tool:*, none",
        "level, tool:*, READ"
    })
    void names_the_field_that_is_wrong(String field, String object, String level) {
        grant(admin, group, object, level).then().spec(Api.invalid(field));
    }

    @Test
    void asks_for_every_field() {
        Api.as(admin).body("{}").post(GRANTS).then().spec(Api.invalid("groupId"));
        String known = "{\"groupId\": \"" + group + "\"";
        Api.as(admin).body(known + "}").post(GRANTS).then().spec(Api.invalid("object"));
        Api.as(admin)
                .body(known + ", \"object\": \"*\"}")
                .post(GRANTS)
                .then()
                .spec(Api.invalid("level"));
        Api.as(admin).get(GRANTS + "?groupId=x").then().spec(Api.invalid("groupId"));
    }

    @Test
    void gives_one_level_on_one_object() {
        grant(admin, group, "tool:*", "read").then().statusCode(201);

        grant(admin, group, "tool:*", "write")
                .then()
                .spec(Api.conflict())
                .body(
                        "detail",
                        equalTo("The group has a grant on tool:* already. Change that one."));
    }

    @Test
    void lists_the_grants_of_a_group() {
        UUID other = tenant.group("other");
        grant(admin, group, "tool:*", "read").then().statusCode(201);
        grant(admin, other, "prompt:*", "read").then().statusCode(201);

        Api.as(admin).get(GRANTS).then().body("items", hasSize(2));
        Api.as(admin)
                .get(GRANTS + "?groupId=" + other)
                .then()
                .body("items.object", contains("prompt:*"));
    }

    @Test
    void gives_no_more_than_who_gives_it_holds() {
        Person delegate = tenant.holding("delegate", "admin:groups", "admin");
        UUID held = tenant.group("held");
        tenant.grant(held, "connection:7", "read");
        tenant.member(held, delegate);

        grant(delegate, group, "connection:7", "write").then().spec(Api.forbidden());
        grant(delegate, group, "connection:8", "read").then().spec(Api.forbidden());
        grant(delegate, group, "connection:*", "read").then().spec(Api.forbidden());
        grant(delegate, group, "*", "read").then().spec(Api.forbidden());
        String id =
                grant(delegate, group, "connection:7/shop", "read")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        Api.as(delegate)
                .header("If-Match", "*")
                .body("{\"level\": \"admin\"}")
                .patch(GRANTS + "/" + id)
                .then()
                .spec(Api.forbidden());
    }

    @Test
    void is_there_for_administrators_of_groups_only() {
        Person reader = tenant.holding("reader", "admin:groups", "read");
        Person other = tenant.holding("other", "admin:users", "admin");
        String grant = GRANTS + "/" + tenant.grant(group, "tool:*", "read");

        Api.as(other).get(GRANTS).then().spec(Api.forbidden());
        Api.as(other).get(grant).then().spec(Api.forbidden());
        grant(other, group, "tool:x", "read").then().spec(Api.forbidden());
        Api.as(reader).get(grant).then().statusCode(200);
        grant(reader, group, "tool:x", "read").then().spec(Api.forbidden());
        Api.as(reader).delete(grant).then().spec(Api.forbidden());
        Api.anyone().get(GRANTS).then().spec(Api.unauthenticated());
    }

    @Test
    void shows_nothing_of_another_tenant() {
        Person stranger = TestTenant.fresh().superuser("root");
        String grant = GRANTS + "/" + tenant.grant(group, "tool:*", "read");

        Api.as(stranger).get(GRANTS).then().body("items", hasSize(0));
        Api.as(stranger).get(grant).then().spec(Api.notFound());
        Api.as(stranger)
                .header("If-Match", "*")
                .body("{\"level\": \"admin\"}")
                .patch(grant)
                .then()
                .spec(Api.notFound());
        Api.as(stranger).delete(grant).then().spec(Api.notFound());
        grant(stranger, group, "tool:x", "read").then().spec(Api.notFound());
        Api.as(admin).get(grant).then().statusCode(200).body("level", equalTo("read"));
    }

    private static Response grant(Person by, UUID group, String object, String level) {
        return Api.as(by)
                .body(
                        """
                        {"groupId": "%s", "object": "%s", "level": "%s"}
                        """
                                .formatted(group, object, level))
                .post(GRANTS);
    }
}
