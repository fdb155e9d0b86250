package dev.drawbridge.gateway.oauth;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

import org.junit.jupiter.api.Test;

import java.util.Map;

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

    @Test
    void asks_for_no_scope_that_nobody_configured() {
        TestCallers.know(
                "ann",
                CredentialType.PROVIDER_TOKEN,
                new Grants(Map.of(ProtectedObject.EVERYTHING, Level.READ)),
                "*",
                "admin");

        assertThat(names("ann")).contains("query_database").doesNotContain("execute_sql");
    }
}
