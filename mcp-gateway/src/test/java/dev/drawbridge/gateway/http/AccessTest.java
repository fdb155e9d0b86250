package dev.drawbridge.gateway.http;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.problem.Problem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class AccessTest extends GatewayCase {
    @Test
    void a_foreign_connection_does_not_exist() {
        JsonObject answer = call("stranger", "query_database", sql("select 1"));

        assertThat(error(answer).getString("code")).isEqualTo("NOT_FOUND");
        assertThat(structured(call("stranger", "list_connections", new JsonObject())).encode())
                .isEqualTo("{\"connections\":[]}");
        given().header("Authorization", "Bearer stranger")
                .get("/api/v1/connections/" + shop)
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void a_request_without_a_good_credential_is_refused_at_once_also_with_a_string_id() {
        for (String bearer : new String[] {null, "nobody"}) {
            var answer =
                    McpClient.without(endpoint, bearer)
                            .post("{\"jsonrpc\":\"2.0\",\"id\":\"text\",\"method\":\"ping\"}");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(answer.body()).contains("AUTHENTICATION_ERROR");
        }
    }

    @Test
    void a_credential_that_cannot_be_checked_is_no_wrong_one() {
        TestCallers.refuse("unchecked", new Problem.CredentialUnchecked(Duration.ofSeconds(2)));

        var answer =
                McpClient.without(endpoint, "unchecked")
                        .post("{\"jsonrpc\":\"2.0\",\"id\":\"text\",\"method\":\"ping\"}");
        assertThat(answer.statusCode()).isEqualTo(503);
        given().header("Authorization", "Bearer unchecked")
                .get("/api/v1/connections")
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("2"))
                .body("code", equalTo("UPSTREAM_ERROR"));
    }

    @Test
    void a_credential_that_is_revoked_ends_its_session() {
        TestCallers.know("leaver", Map.of(), "tool:*", "read");
        var leaver = McpClient.connect(endpoint, "leaver");
        TestCallers.forget("leaver");

        assertThat(leaver.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_address_that_no_trusted_proxy_tells_counts_for_nothing() {
        TestCallers.know("kai", Map.of(), "*", "read");
        TestCallers.only("kai", "203.0.113.0/24");

        given().header("Authorization", "Bearer kai")
                .header("X-Forwarded-For", "203.0.113.9")
                .get("/api/v1/connections")
                .then()
                .statusCode(401);
    }

    @Test
    void a_session_is_nobody_elses() {
        var alice = McpClient.connect(endpoint, "alice");

        assertThat(
                        alice.as("bob")
                                .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                                .statusCode())
                .isEqualTo(404);
        assertThat(alice.as("bob").delete().statusCode()).isEqualTo(404);
        assertThat(alice.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").statusCode())
                .isEqualTo(200);
        assertThat(alice.delete().statusCode()).isEqualTo(200);
        assertThat(alice.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void sessions_of_one_caller_are_bounded() {
        TestCallers.know("hoarder", Map.of(), "tool:*", "read");
        var clients =
                Stream.generate(() -> McpClient.connect(endpoint, "hoarder")).limit(150).toList();

        assertThat(clients.stream().map(AccessTest::ping))
                .containsExactlyElementsOf(
                        Stream.concat(
                                        Stream.generate(() -> 404).limit(50),
                                        Stream.generate(() -> 200).limit(100))
                                .toList());
    }

    private static int ping(McpClient client) {
        return client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").statusCode();
    }

    @Test
    void only_configured_hosts_and_origins_are_answered() {
        for (String host :
                List.of(
                        "localhost.evil.example",
                        "evil.example",
                        "127.0.0.1.evil.example:8081",
                        "")) {
            assertThat(statusFor("Host", host)).as(host).isEqualTo(403);
        }
        for (String origin :
                List.of(
                        "http://localhost.evil.example",
                        "http://evil.example",
                        "null",
                        "http://localhost@evil.example")) {
            assertThat(statusFor("Origin", origin)).as(origin).isEqualTo(403);
        }
        assertThat(statusFor("Origin", "http://" + endpoint.getAuthority())).isEqualTo(200);
    }
}
