package dev.drawbridge.gateway.connection;

import static io.restassured.RestAssured.given;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class PoolResourceTest extends GatewayCase {
    @Test
    void what_agents_get_and_what_the_pools_do_is_shown_to_who_looks_after_them() {
        rows("alice", "select 1");

        admin().get("/api/v1/connections/" + shop + "/pools")
                .then()
                .statusCode(200)
                .body("classes.persistent.queueWaitMs", equalTo(5_000))
                .body("classes.edge.statementTimeoutMs", equalTo(3_000))
                .body("classes.high-performance.priority", equalTo(3))
                .body("sessions", greaterThan(0))
                .body("pools.agentClass", hasItem("persistent"))
                .body(not(containsString("agent-secret")));
    }

    @Test
    void others_may_not_see_it() {
        given().header("Authorization", "Bearer alice")
                .get("/api/v1/connections/" + shop + "/pools")
                .then()
                .statusCode(403);
    }

    @Test
    void a_connection_says_otherwise_for_a_class() {
        var pools =
                new JsonObject()
                        .put("dedicated", true)
                        .put(
                                "classes",
                                new JsonObject().put("edge", new JsonObject().put("sessions", 7)));
        String id = register(connection("edgy").put("pools", pools)).extract().path("id");
        try {
            admin().get("/api/v1/connections/" + id + "/pools")
                    .then()
                    .statusCode(200)
                    .body("dedicated", equalTo(true))
                    .body("classes.edge.sessions", equalTo(7))
                    .body("classes.persistent.sessions", equalTo(10));
        } finally {
            admin().delete("/api/v1/connections/" + id).then().statusCode(204);
        }
    }

    @Test
    void a_rule_that_means_nothing_is_refused() {
        for (String rules :
                new String[] {
                    "{\"classes\": {\"fast\": {}}}",
                    "{\"classes\": {\"edge\": {\"sessions\": 0}}}",
                    "{\"classes\": {\"edge\": {\"share\": 101}}}",
                    "{\"shared\": true}"
                }) {
            register(connection("odd").put("pools", new JsonObject(rules)))
                    .statusCode(400)
                    .body("code", equalTo("VALIDATION_ERROR"));
        }
    }
}
