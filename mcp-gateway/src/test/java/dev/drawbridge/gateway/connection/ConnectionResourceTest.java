package dev.drawbridge.gateway.connection;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ConnectionResourceTest extends GatewayCase {
    @Test
    void a_connection_never_shows_its_password() {
        admin().get("/api/v1/connections/" + shop)
                .then()
                .statusCode(200)
                .body("name", equalTo("shop"))
                .body("tlsMode", equalTo("disable"))
                .body(not(containsString("agent-secret")))
                .body(not(containsString("assword")));
    }

    @Test
    void a_connection_is_tried_and_judged_before_it_is_stored() {
        admin().contentType(ContentType.JSON)
                .body(connection("bad").put("username", "owner_like").put("password", "x").encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("detail", containsString("create roles"));
        admin().contentType(ContentType.JSON)
                .body(connection("bad").put("port", 1).encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(503)
                .body("code", equalTo("DATABASE_UNAVAILABLE"))
                .body(not(containsString("agent-secret")));
        admin().post("/api/v1/connections/" + shop + "/test")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true));
    }

    @Test
    void a_superuser_is_one_in_whatever_role() {
        GatewayDatabases.postgres().run("create role chief login superuser password 'x'");
        var body = connection("chiefs").put("username", "chief").put("password", "x");
        body.getJsonObject("rls").put("role", "agent");

        admin().contentType(ContentType.JSON)
                .body(body.encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(400)
                .body("detail", containsString("is a superuser"));
    }

    @Test
    void a_misspelt_field_is_refused() {
        admin().contentType(ContentType.JSON)
                .body(connection("typo").put("allow_writes", true).encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(400)
                .body("field", equalTo("allow_writes"));
        admin().get("/api/v1/connections?limt=5")
                .then()
                .statusCode(400)
                .body("field", equalTo("limt"));
    }

    @Test
    void a_change_needs_the_version_that_was_read_and_a_deleted_connection_is_gone() {
        String id = register("changing").statusCode(201).extract().path("id");
        var path = "/api/v1/connections/" + id;

        admin().contentType(ContentType.JSON)
                .body("{\"maxConnections\":5}")
                .patch(path)
                .then()
                .statusCode(428);
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"9\"")
                .body("{\"maxConnections\":5}")
                .patch(path)
                .then()
                .statusCode(412);
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body("{\"maxConnections\":5}")
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("maxConnections", equalTo(5));
        admin().contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body("{\"maxConnections\":6}")
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"3\""));
        admin().header("If-Match", "\"2\"").delete(path).then().statusCode(412);
        admin().header("If-Match", "\"3\"").delete(path).then().statusCode(204);
        admin().get(path).then().statusCode(404);
    }

    @Test
    void a_connection_keeps_its_password_only_where_it_is() {
        String id = register("moving").statusCode(201).extract().path("id");
        var path = "/api/v1/connections/" + id;

        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body("{\"host\":\"localhost\"}")
                .patch(path)
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("field", equalTo("password"));
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body("{\"host\":\"localhost\",\"password\":\"agent-secret\"}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("host", equalTo("localhost"));
        admin().delete(path).then().statusCode(204);
    }

    @Test
    void a_repeated_creation_answers_with_what_it_made() {
        var body = connection("once");
        String first =
                admin().contentType(ContentType.JSON)
                        .header("Idempotency-Key", "k")
                        .body(body.encode())
                        .post("/api/v1/connections")
                        .then()
                        .statusCode(201)
                        .header("Location", containsString("/api/v1/connections/"))
                        .extract()
                        .path("id");
        String again =
                admin().contentType(ContentType.JSON)
                        .header("Idempotency-Key", "k")
                        .body(body.encode())
                        .post("/api/v1/connections")
                        .then()
                        .statusCode(201)
                        .header("Location", endsWith("/api/v1/connections/" + first))
                        .extract()
                        .path("id");

        assertThat(again).isEqualTo(first);
        admin().contentType(ContentType.JSON)
                .header("Idempotency-Key", "k")
                .body(connection("other").encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(409);
        admin().contentType(ContentType.JSON)
                .body(body.encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(409)
                .body("code", equalTo("CONFLICT"));
    }

    @Test
    void only_an_administrator_of_connections_registers_them() {
        given().header("Authorization", "Bearer alice")
                .contentType(ContentType.JSON)
                .body(connection("mine").encode())
                .post("/api/v1/connections")
                .then()
                .statusCode(403)
                .body("code", equalTo("AUTHORIZATION_ERROR"));
        given().get("/api/v1/connections").then().statusCode(401);
        given().header("Authorization", "Bearer alice")
                .get("/api/v1/connections")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }
}
