package dev.drawbridge.gateway.limit;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RequestRateTest extends GatewayCase {
    private static final int DAY = 86_400;

    @Test
    void a_tool_is_called_as_often_as_the_token_may_and_no_more() {
        String token = limited(3, DAY);

        for (int i = 0; i < 3; i++) {
            assertThat(rows(token, "select 1")).isEqualTo("[[1]]");
        }

        JsonObject refused = error(query(token, "select 1"));
        assertThat(refused.getString("code")).isEqualTo("RATE_LIMITED");
        assertThat(refused.getLong("retryAfterMs")).isBetween(1L, DAY * 1_000L / 3);
    }

    @Test
    void every_call_of_a_batch_counts() {
        String token = limited(2, DAY);
        var batch = new JsonArray();
        for (int i = 0; i < 4; i++) {
            batch.add(
                    new JsonObject()
                            .put("jsonrpc", "2.0")
                            .put("id", i)
                            .put("method", "tools/call")
                            .put(
                                    "params",
                                    new JsonObject()
                                            .put("name", "query_database")
                                            .put("arguments", sql("select 1"))));
        }

        String answers =
                McpClient.connect(endpoint, token, "2025-03-26").post(batch.encode()).body();

        assertThat(answers.split("\"code\":\"RATE_LIMITED\"", -1)).hasSize(3);
    }

    @Test
    void a_token_that_names_no_rate_and_another_s_token_are_not_held_back() {
        String token = limited(1, DAY);
        String other = limited(1, DAY);
        rows(token, "select 1");
        error(query(token, "select 1"));

        assertThat(rows(other, "select 1")).isEqualTo("[[1]]");
        for (int i = 0; i < 5; i++) {
            assertThat(rows("alice", "select 1")).isEqualTo("[[1]]");
        }
    }

    @Test
    void requests_come_back_with_time() {
        String token = limited(1, 1);
        rows(token, "select 1");

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> !query(token, "select 1").getBoolean("isError"));
    }

    @Test
    void resources_prompts_and_completions_count_as_calls_do() {
        var client = McpClient.connect(endpoint, limited(3, DAY));
        assertThat(client.request("resources/read", info()).encode()).contains("version");
        assertThat(client.request("prompts/get", prompt()).encode()).contains("How many items?");
        assertThat(client.request("completion/complete", completion()).encode()).contains("item");

        for (JsonObject refused :
                new JsonObject[] {
                    client.request("resources/read", info()),
                    client.request("prompts/get", prompt()),
                    client.request("completion/complete", completion())
                }) {
            assertThat(refused.getJsonObject("error").getString("message"))
                    .matches(
                            "RATE_LIMITED: The limit of this token is reached\\."
                                    + " Retry after [1-9]\\d* s\\.");
        }
    }

    @Test
    void requests_over_rest_count_as_calls_do() {
        String token = limited(2, DAY);
        rows(token, "select 1");
        connections(token).then().statusCode(200);

        Response refused = connections(token);

        refused.then().statusCode(429).body("code", equalTo("RATE_LIMITED"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, DAY);
        assertThat(error(query(token, "select 1")).getString("code")).isEqualTo("RATE_LIMITED");
    }

    @Test
    void a_token_that_is_exchanged_no_more_is_told_until_when() {
        var mcp =
                McpClient.without(endpoint, TestCallers.EXHAUSTED)
                        .post("{\"jsonrpc\":\"2.0\",\"id\":\"text\",\"method\":\"ping\"}");

        assertThat(mcp.statusCode()).isEqualTo(429);
        assertThat(mcp.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(mcp.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(mcp.body()).contains("RATE_LIMITED");
        connections(TestCallers.EXHAUSTED)
                .then()
                .statusCode(429)
                .header("Retry-After", "7")
                .body("code", equalTo("RATE_LIMITED"));
    }

    @Test
    void what_costs_nothing_is_not_counted() {
        String token = limited(1, DAY);
        for (int i = 0; i < 5; i++) {
            assertThat(names(token)).contains("query_database");
        }

        assertThat(rows(token, "select 1")).isEqualTo("[[1]]");
    }

    @Test
    void callers_see_their_own_limits_and_what_is_left_of_them() {
        String token = limited(5, DAY);
        rows(token, "select 1");

        Response limits = given().header("Authorization", "Bearer " + token).get("/api/v1/limits");

        limits.then()
                .statusCode(200)
                .header("RateLimit-Policy", "\"token\";q=5;w=86400")
                .header("RateLimit", startsWith("\"token\";r=3;t="))
                .body("items[0].limit", equalTo("token"))
                .body("items[0].amount", equalTo(5))
                .body("items[0].used", equalTo(2))
                .body("items[0].left", equalTo(3))
                .body("items[0].resetsInMs", greaterThan(DAY * 300))
                .body("items.limit", hasItem("tenant"));
    }

    @Test
    void a_call_without_mcp_counts_once_and_says_what_is_left() {
        String token = limited(3, DAY);

        bridge(token, "current_time")
                .then()
                .statusCode(200)
                .header("RateLimit", startsWith("\"token\";r=2;"));
        bridge(token, "no_such_tool")
                .then()
                .statusCode(404)
                .header("RateLimit", startsWith("\"token\";r=1;"));
        bridge(token, "current_time")
                .then()
                .statusCode(200)
                .header("RateLimit", startsWith("\"token\";r=0;"));
        bridge(token, "current_time").then().statusCode(429).header("Retry-After", notNullValue());
        bridge(token, "no_such_tool").then().statusCode(429);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    '' | application/json | not JSON
                    '' | application/json | []
                    '' | application/json | {}
                    '' | application/json | null
                    '' | application/json | {"name": 1}
                    '' | application/json | {"name": "current_time", "arguments": 1}
                    '' | application/json | {"name": "current_time", "arguments": {"no_such": 1}}
                    '' | text/plain | {"name": "current_time"}
                    ?read_only=perhaps | application/json | {"name": "current_time"}
                    ?connection=none | application/json | {"name": "current_time"}
                    """)
    void a_call_without_mcp_that_makes_no_sense_counts_too(String query, String type, String body) {
        String token = limited(2, DAY);

        for (int i = 0; i < 2; i++) {
            bridge(token, query, type, body)
                    .then()
                    .statusCode(oneOf(400, 404, 415))
                    .header("RateLimit", startsWith("\"token\";r=" + (1 - i) + ";"));
        }

        bridge(token, query, type, body)
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("RATE_LIMITED"));
    }

    private static Response bridge(String token, String tool) {
        return bridge(token, "", "application/json", "{\"name\": \"" + tool + "\"}");
    }

    private static Response bridge(String token, String query, String type, String body) {
        return given().header("Authorization", "Bearer " + token)
                .contentType(type)
                .body(body)
                .post("/api/v1/mcp/tools/call" + query);
    }

    private static Response connections(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/v1/connections");
    }

    private static String limited(int requests, int perSeconds) {
        String name = "rated-" + UUID.randomUUID();
        TestCallers.limited(
                name,
                requests,
                perSeconds,
                TestCallers.know("rated", Map.of("owner", "alice"), "*", "read"));
        return name;
    }

    private static JsonObject info() {
        return new JsonObject().put("uri", "pg://" + shop + "/info");
    }

    private static JsonObject prompt() {
        return new JsonObject()
                .put("name", "write-query")
                .put(
                        "arguments",
                        new JsonObject()
                                .put("connection_id", shop)
                                .put("question", "How many items?"));
    }

    private static JsonObject completion() {
        return new JsonObject(
                """
                {"ref": {"type": "ref/resource",
                         "uri": "pg://{connection}/schema/{schema}/{table}"},
                 "argument": {"name": "table", "value": "it"},
                 "context": {"arguments": {"connection": "%s", "schema": "shop"}}}
                """
                        .formatted(shop));
    }
}
