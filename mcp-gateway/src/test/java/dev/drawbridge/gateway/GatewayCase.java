package dev.drawbridge.gateway;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// What the tests of the running gateway share: a connection, and people with grants on it.
public abstract class GatewayCase {
    protected static String shop;

    @TestHTTPResource("/mcp/v1")
    protected URI endpoint;

    @BeforeEach
    protected void people() {
        TestCallers.know("admin", Map.of(), "*", "admin");
        if (shop == null || admin().get("/api/v1/connections/" + shop).statusCode() != 200) {
            shop = register("shop").statusCode(201).extract().path("id");
        }
        String[] grants = {
            "connection:" + shop, "read", "tool:*", "read", "resource:*", "read", "prompt:*", "read"
        };
        TestCallers.know("alice", Map.of("owner", "alice"), grants);
        TestCallers.know("bob", Map.of("owner", "bob"), grants);
        TestCallers.know("stranger", Map.of(), "tool:*", "read", "resource:*", "read");
    }

    protected int statusFor(String header, String value) {
        return given().header("Authorization", "Bearer admin")
                .header(header, value)
                .get(endpoint.resolve("/api/v1/connections"))
                .statusCode();
    }

    protected void assertField(String field, JsonObject arguments) {
        JsonObject error = error(call("alice", "query_database", arguments));
        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo(field);
    }

    /// The tools that a caller is shown. Those of the conformance suite have no title of their own.
    protected List<JsonObject> tools(String bearer) {
        return McpClient.connect(endpoint, bearer)
                .request("tools/list", new JsonObject())
                .getJsonArray("tools")
                .stream()
                .map(JsonObject.class::cast)
                .filter(tool -> tool.getString("title") != null)
                .filter(tool -> !tool.getString("title").equals(tool.getString("name")))
                .toList();
    }

    protected List<String> names(String bearer) {
        return tools(bearer).stream().map(tool -> tool.getString("name")).toList();
    }

    protected String rows(String bearer, String sql) {
        return structured(query(bearer, sql)).getJsonArray("rows").encode();
    }

    protected JsonObject query(String bearer, String sql) {
        return call(bearer, "query_database", sql(sql));
    }

    protected JsonObject call(String bearer, String tool, JsonObject arguments) {
        return McpClient.connect(endpoint, bearer).call(tool, arguments);
    }

    protected static JsonObject sql(String sql) {
        return on().put("sql", sql);
    }

    protected static JsonObject on() {
        return new JsonObject().put("connection_id", shop);
    }

    protected static JsonObject filter(String column, String op, Object value) {
        return new JsonObject().put("column", column).put("op", op).put("value", value);
    }

    protected static JsonObject structured(JsonObject result) {
        assertThat(result.getBoolean("isError")).as(result.encode()).isFalse();
        return result.getJsonObject("structuredContent");
    }

    protected static JsonObject error(JsonObject result) {
        assertThat(result.getBoolean("isError")).as(result.encode()).isTrue();
        return result.getJsonObject("structuredContent").getJsonObject("error");
    }

    protected static String text(JsonObject result) {
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }

    protected static ValidatableResponse register(String name) {
        return register(connection(name));
    }

    protected static ValidatableResponse register(JsonObject connection) {
        return admin().contentType(ContentType.JSON)
                .body(connection.encode())
                .post("/api/v1/connections")
                .then();
    }

    protected static JsonObject connection(String name) {
        return new JsonObject()
                .put("name", name)
                .put("host", "127.0.0.1")
                .put("port", GatewayDatabases.postgres().port())
                .put("database", "postgres")
                .put("username", "agent")
                .put("password", "agent-secret")
                .put("tlsMode", "disable")
                .put(
                        "rls",
                        new JsonObject()
                                .put("mode", "claims")
                                .put(
                                        "settings",
                                        new JsonObject().put("app.owner", "attributes.owner")));
    }

    protected static RequestSpecification admin() {
        return given().header("Authorization", "Bearer admin");
    }
}
