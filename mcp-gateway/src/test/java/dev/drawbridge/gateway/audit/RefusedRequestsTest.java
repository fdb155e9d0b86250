package dev.drawbridge.gateway.audit;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class RefusedRequestsTest extends GatewayCase {
    @ParameterizedTest
    @CsvSource({
        "POST, /mcp/v1, none",
        "POST, /mcp/v1, unknown",
        "GET, /api/v1/connections, none",
        "GET, /api/v1/connections, unknown"
    })
    void nobody_and_a_credential_that_does_not_work_are_strangers(
            String method, String path, String credential) {
        // A path of its own for each, so that none is counted as the same again.
        String asked = path + "/" + UUID.randomUUID();
        RequestSpecification request = given().contentType("application/json").body("{}");
        if (credential.equals("unknown")) {
            request.header("Authorization", "Bearer unknown");
        }
        request.request(method, asked).then().statusCode(401);

        JsonObject record = recorded(method + " " + asked);
        assertThat(record.getString("outcome")).isEqualTo("AUTHENTICATION_ERROR");
        assertThat(record.getString("client")).isEqualTo("127.0.0.1");
        assertThat(record.getString("user_id")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Host, evil.example.com", "Origin, https://evil.example.com"})
    void another_site_is_a_stranger(String header, String value) {
        String asked = "/api/v1/connections/" + UUID.randomUUID();
        given().header("Authorization", "Bearer admin")
                .header(header, value)
                .get(asked)
                .then()
                .statusCode(403);

        JsonObject record = recorded("GET " + asked);
        assertThat(record.getString("outcome")).isEqualTo("AUTHORIZATION_ERROR");
        assertThat(record.getString("details")).contains(header);
    }

    private static JsonObject recorded(String object) {
        return Awaitility.await(object)
                .atMost(Duration.ofSeconds(10))
                .until(() -> records(object), found -> !found.isEmpty())
                .getJsonObject(0);
    }

    private static JsonArray records(String object) {
        try (var connection = GatewayDatabases.postgres().connect();
                var statement =
                        connection.prepareStatement(
                                "select coalesce(json_agg(v), '[]') from gateway.audit_v1 v"
                                        + " where action = 'request.refuse' and object = ?")) {
            statement.setString(1, object);
            try (var found = statement.executeQuery()) {
                found.next();
                return new JsonArray(found.getString(1));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
