package dev.drawbridge.gateway.oauth;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.problem.Problem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
@TestProfile(ProtectedResourceTest.TwoProviders.class)
class ProtectedResourceTest extends GatewayCase {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"ping\"}";
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    public static final class TwoProviders implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gateway.oauth.public-url", "https://db.example.com/",
                    "gateway.oauth.authorization-servers",
                            "https://id.example.com/realms/a,https://other.example.com",
                    "gateway.oauth.scopes", "openid,db:read",
                    "gateway.oauth.step-up.write", "db:write");
        }
    }

    @ParameterizedTest
    @CsvSource({"/mcp/v1, /mcp/v1", "/mcp, /mcp", "'', ''"})
    void says_to_everyone_which_resource_it_is_and_who_issues_tokens_for_it(
            String at, String resource) {
        given().get(WELL_KNOWN + at)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("resource", equalTo("https://db.example.com" + resource))
                .body(
                        "authorization_servers",
                        contains("https://id.example.com/realms/a", "https://other.example.com"))
                .body("scopes_supported", contains("openid", "db:read"))
                .body("bearer_methods_supported", contains("header"));
    }

    @Test
    void knows_no_other_resource() {
        given().get(WELL_KNOWN + "/mcp/v2").then().statusCode(404);
        given().get(WELL_KNOWN + "/mcp/v1?x=1").then().statusCode(400);
        given().header("Host", "evil.example").get(WELL_KNOWN).then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/v1", "/mcp"})
    void tells_who_shows_nothing_where_to_get_a_token(String path) {
        var answer = McpClient.without(endpoint.resolve(path), null).post(PING);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly(
                        "Bearer resource_metadata=\"https://db.example.com"
                                + WELL_KNOWN
                                + path
                                + "\", scope=\"openid db:read\"");
        assertThat(answer.body()).contains("AUTHENTICATION_ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/v1", "/mcp"})
    void says_that_a_token_is_not_valid(String path) {
        var answer = McpClient.without(endpoint.resolve(path), "nobody").post(PING);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .singleElement()
                .asString()
                .startsWith("Bearer error=\"invalid_token\", resource_metadata=")
                .contains(path + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/v1", "/mcp"})
    void says_nothing_of_a_token_that_was_not_judged(String path) {
        TestCallers.refuse("limited", new Problem.RateLimited(Duration.ofSeconds(7)));
        TestCallers.refuse("unchecked", new Problem.CredentialUnchecked(Duration.ofSeconds(2)));

        var limited = McpClient.without(endpoint.resolve(path), "limited").post(PING);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(limited.headers().allValues("WWW-Authenticate")).isEmpty();
        assertThat(limited.body()).contains("RATE_LIMITED");

        var unchecked = McpClient.without(endpoint.resolve(path), "unchecked").post(PING);
        assertThat(unchecked.statusCode()).isEqualTo(503);
        assertThat(unchecked.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(unchecked.headers().allValues("WWW-Authenticate")).isEmpty();
        assertThat(unchecked.body()).contains("UPSTREAM_ERROR");
    }

    @Test
    void calls_no_token_invalid_where_none_was_shown() {
        var answer =
                McpClient.without(endpoint, null).post(PING, Map.of("Authorization", "Digest x"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .singleElement()
                .asString()
                .startsWith("Bearer resource_metadata=");
    }

    @Test
    void asks_for_a_scope_when_a_token_s_scopes_let_nothing_through() {
        TestCallers.know("unscoped", CredentialType.PROVIDER_TOKEN, Grants.NOTHING);

        var answer = McpClient.without(endpoint.resolve("/mcp"), "unscoped").post(PING);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("AUTHORIZATION_ERROR");
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly(
                        "Bearer error=\"insufficient_scope\","
                                + " resource_metadata=\"https://db.example.com"
                                + WELL_KNOWN
                                + "/mcp\", scope=\"openid db:read\","
                                + " error_description=\"The token's scopes let nothing"
                                + " through.\"");
    }

    @Test
    void leaves_an_api_token_to_find_nothing() {
        TestCallers.know("empty", CredentialType.API_TOKEN, Grants.NOTHING);

        assertThat(names("empty")).isEmpty();
    }

    @Test
    void challenges_nobody_outside_the_mcp_paths() {
        given().get("/api/v1/connections")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer");
    }
}
