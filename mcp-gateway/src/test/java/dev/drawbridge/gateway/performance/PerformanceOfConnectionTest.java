package dev.drawbridge.gateway.performance;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.WriteCase;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// What is seen of calls through MCP, on a real database.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class PerformanceOfConnectionTest extends WriteCase {
    private static final String NAMED =
            "select replace(current_setting('application_name'), 'drawbridge ', '') as trace";

    @Inject MeterRegistry registry;
    @Inject PoolMeters pools;

    @Test
    void shows_who_looks_after_it_how_calls_performed() {
        execute("alice", "update till.sale set amount = 11 where id = 1");
        execute("alice", "update till.sale set amount = 12 where id = 2");
        execute("alice", "update till.sale set amount = 1 / 0 where id = 2");

        String performance = "/api/v1/connections/" + till + "/performance";
        admin().get(performance)
                .then()
                .statusCode(200)
                .body("slowMs", equalTo(1_000))
                .body("tools.tool", hasItem("execute_sql"))
                .body("errorsByCode.DATABASE_ERROR", greaterThan(0))
                .body("served", greaterThan(2))
                .body(
                        "statements.statement",
                        hasItem("update till.sale set amount = ? where id = ?"));
        given().auth().oauth2("alice").get(performance).then().statusCode(403);
        TestCallers.know("carol", Map.of(), "tool:*", "read");
        given().auth().oauth2("carol").get(performance).then().statusCode(404);
        assertThat(
                        registry.get("gateway.query")
                                .tags("tool", "execute_sql", "connection", till)
                                .timer()
                                .count())
                .isGreaterThan(2);
    }

    @Test
    void pools_are_measured_by_connection_and_class() {
        query("alice", "select 1");

        pools.read();

        assertThat(pool("gateway.pool.budget").gauge().value()).isPositive();
        assertThat(pool("gateway.pool.sessions").gauges()).isNotEmpty();
        assertThat(pool("gateway.pool.leases").gauge().value()).isPositive();
        assertThat(pool("gateway.pool.wait").tag("quantile", "0.99").gauge()).isNotNull();
    }

    private RequiredSearch pool(String name) {
        return registry.get(name).tag("connection", shop);
    }

    @Test
    void a_session_is_called_by_the_trace_of_the_call_that_is_on_record() {
        JsonObject call = onTill(NAMED);
        String trace =
                structured(call("alice", "query_database", call))
                        .getJsonArray("rows")
                        .getJsonArray(0)
                        .getString(0);

        assertThat(trace).matches("[0-9a-f]{32}");
        String dashed = trace.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        assertThat(awaitRecord("trace = '" + dashed + "'").getString("object"))
                .isEqualTo("tool:query_database");
    }
}
