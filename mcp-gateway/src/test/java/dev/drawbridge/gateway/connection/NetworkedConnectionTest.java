package dev.drawbridge.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.WriteCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Connections that are used from some networks only. The tests come from 127.0.0.1.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class NetworkedConnectionTest extends WriteCase {
    private static final String CONNECTIONS = "/api/v1/connections/";
    private static final String SALES = "select count(*) from till.sale";

    @AfterEach
    void open() {
        change("[]");
    }

    @Test
    void are_used_from_there_only_and_known_from_anywhere() {
        change("[\"10.0.0.0/8\", \"2001:db8::/32\"]");

        JsonObject refused = error(call("alice", "query_database", onTill(SALES)));

        assertThat(refused.getString("code")).isEqualTo("AUTHORIZATION_ERROR");
        assertThat(refused.getString("detail")).contains("from your network");
        assertThat(error(execute("alice", "delete from till.sale")).getString("code"))
                .isEqualTo("AUTHORIZATION_ERROR");
        assertThat(sales()).isEqualTo(UNTOUCHED);
        assertThat(call("alice", "list_connections", new JsonObject()).encode()).contains(till);
        admin().get(CONNECTIONS + till + "/databases").then().statusCode(403);
        admin().get(CONNECTIONS + till)
                .then()
                .body("networks", contains("10.0.0.0/8", "2001:db8::/32"));
        assertThat(
                        awaitRecord(
                                        "connection = '%s' and outcome = 'AUTHORIZATION_ERROR'"
                                                .formatted(till))
                                .getString("object"))
                .startsWith("tool:");

        change("[\"10.0.0.0/8\", \"127.0.0.1\"]");

        assertThat(structured(call("alice", "query_database", onTill(SALES))).getJsonArray("rows"))
                .isEqualTo(new JsonArray().add(new JsonArray().add(2)));
    }

    @Test
    void say_what_is_no_network() {
        admin().header("If-Match", "*")
                .body("{\"networks\": [\"example.com\"]}")
                .patch(CONNECTIONS + till)
                .then()
                .statusCode(400);
        admin().get(CONNECTIONS + till).then().statusCode(200);
    }

    private static void change(String networks) {
        admin().header("If-Match", "*")
                .body("{\"networks\": " + networks + "}")
                .patch(CONNECTIONS + till)
                .then()
                .statusCode(200);
    }
}
