package dev.drawbridge.gateway.oauth;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class NoProviderTest extends GatewayCase {
    @Test
    void sends_nobody_to_a_sign_on_that_is_not_there() {
        given().get("/.well-known/oauth-protected-resource/mcp/v1").then().statusCode(404);

        var answer = McpClient.without(endpoint, null).post("{\"id\":1,\"method\":\"ping\"}");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
}
