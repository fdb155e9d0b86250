package dev.drawbridge.gateway.connection;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.testkit.FaultyProxy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.health.SmallRyeHealthReporter;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class HealthResourceTest extends GatewayCase {
    @Inject SmallRyeHealthReporter health;

    @Test
    void a_database_that_answers_is_up_and_says_how_far_it_is() {
        rows("alice", "select 1");

        health(shop)
                .statusCode(200)
                .body("status", equalTo("up"))
                .body("endpoints.role", hasItem("primary"))
                .body("endpoints[0].roundTripMs", greaterThan(0f))
                .body("pools.agentClass", hasItem("persistent"))
                .body(not(containsString("agent-secret")));
    }

    @Test
    void others_may_not_see_it() {
        given().header("Authorization", "Bearer alice")
                .get("/api/v1/connections/" + shop + "/health")
                .then()
                .statusCode(403);
    }

    @Test
    void a_database_that_is_away_is_down_and_the_gateway_stays_ready() {
        try (var way = FaultyProxy.to(GatewayDatabases.postgres().port())) {
            String id = register(connection("away").put("port", way.port())).extract().path("id");
            health(id).body("status", equalTo("up"));
            way.cut();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> "down".equals(health(id).extract().path("status")));
            health(id).body("endpoints[0].reason", notNullValue());
            assertThat(health.getReadiness().isDown()).isFalse();

            way.pass();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> "up".equals(health(id).extract().path("status")));
            admin().delete("/api/v1/connections/" + id).then().statusCode(204);
        }
    }

    private static ValidatableResponse health(String id) {
        return admin().get("/api/v1/connections/" + id + "/health").then();
    }
}
