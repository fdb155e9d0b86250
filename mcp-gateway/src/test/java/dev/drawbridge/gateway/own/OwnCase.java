package dev.drawbridge.gateway.own;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.McpStream;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.WriteCase;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the tests of a kind that is defined over REST share: what they define is gone afterwards.
public abstract class OwnCase extends WriteCase {
    private final String path;
    private final Set<String> made = new HashSet<>();

    /// @param path under which definitions of the kind are
    protected OwnCase(String path) {
        this.path = path;
    }

    @BeforeEach
    void maker() {
        TestCallers.know("maker", Map.of(), "*", "read", "admin:tools", "admin");
        TestCallers.know("reader", Map.of(), "*", "read");
    }

    @AfterEach
    void removed() {
        made.forEach(name -> as("admin").delete(path + "/" + name));
    }

    protected static RequestSpecification as(String bearer) {
        return given().header("Authorization", "Bearer " + bearer).contentType(ContentType.JSON);
    }

    protected ValidatableResponse define(JsonObject definition) {
        return define("admin", definition);
    }

    protected ValidatableResponse define(String bearer, JsonObject definition) {
        made.add(String.valueOf(definition.getValue("name")));
        return as(bearer).body(definition.encode()).post(path).then();
    }

    protected ValidatableResponse change(String version, JsonObject definition) {
        return as("maker")
                .header("If-Match", version)
                .body(definition.encode())
                .put(path + "/" + definition.getString("name"))
                .then();
    }

    protected ValidatableResponse remove(String version, String name) {
        return as("maker").header("If-Match", version).delete(path + "/" + name).then();
    }

    /// Asserts that each of its changes is recorded, with what it was.
    protected static void assertRecorded(String kind, String object, String definition) {
        for (String action : List.of("define", "change", "remove")) {
            assertThat(
                            awaitRecord(
                                            "action = '%s.%s' and object = '%s:%s'"
                                                    .formatted(kind, action, kind, object))
                                    .encode())
                    .contains(definition);
        }
    }

    /// What is told to a client from now on, of a kind of list.
    protected McpStream listen(String bearer, String list) {
        return listen(bearer, new JsonObject().put(list, true));
    }

    /// What is told to a client from now on.
    protected McpStream listen(String bearer, JsonObject notifications) {
        McpStream stream =
                StatelessClient.of(endpoint, bearer)
                        .open(
                                "subscriptions/listen",
                                new JsonObject().put("notifications", notifications));
        await().until(() -> !stream.messages().isEmpty());
        return stream;
    }

    protected static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20));
    }
}
