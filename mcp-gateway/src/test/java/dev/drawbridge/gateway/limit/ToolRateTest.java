package dev.drawbridge.gateway.limit;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.login.BehindProxyTest;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;

import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// Where a tool may be called three times a day.
@QuarkusTest
@TestProfile(BehindProxyTest.TrustedProxy.class)
@WithTestResource(GatewayDatabases.class)
class ToolRateTest extends GatewayCase {
    @Test
    void a_call_without_mcp_counts_once_for_the_token_and_once_for_the_tool() {
        String token = limited("tool-rate-rest");
        bridge(token, "current_time").statusCode(200).header("RateLimit", left(9));
        bridge(token, "current_time").statusCode(200).header("RateLimit", left(8));
        bridge(token, "current_time").statusCode(200).header("RateLimit", left(7));

        bridge(token, "current_time")
                .statusCode(429)
                .header("RateLimit", left(6))
                .header("Retry-After", notNullValue())
                .body("detail", startsWith("The limit of this tool is reached."));
        bridge(token, "list_connections").statusCode(200).header("RateLimit", left(5));
    }

    @Test
    void a_call_over_mcp_counts_once_for_the_token_and_once_for_the_tool() {
        String token = limited("tool-rate-mcp");
        var client = McpClient.connect(endpoint, token);
        for (int i = 0; i < 3; i++) {
            assertThat(identity(client).getBoolean("isError")).isFalse();
        }

        assertThat(error(identity(client)).getString("detail"))
                .startsWith("The limit of this tool is reached.");
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/limits")
                .then()
                .body("items[0].limit", equalTo("token"))
                .body("items[0].used", equalTo(4));
    }

    private static JsonObject identity(McpClient client) {
        return client.call("current_identity", new JsonObject());
    }

    private static String limited(String token) {
        TestCallers.limited(
                token, 10, 86_400, TestCallers.know(token + "-owner", Map.of(), "*", "read"));
        return token;
    }

    private static ValidatableResponse bridge(String token, String tool) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body("{\"name\": \"" + tool + "\"}")
                .post("/api/v1/mcp/tools/call")
                .then();
    }

    private static Matcher<String> left(int units) {
        return startsWith("\"token\";r=" + units + ";");
    }
}
