package dev.drawbridge.gateway.resource.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.McpStream;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.own.OwnCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Who subscribes to an own resource hears of its changes.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class FollowedResourceTest extends OwnCase {
    private static final String URI = "own://followed/guide";

    FollowedResourceTest() {
        super("/api/v1/mcp/resources");
    }

    private static JsonObject guide(String text) {
        return new JsonObject()
                .put("name", "followed-guide")
                .put("uri", URI)
                .put("description", "Says how.")
                .put("text", text);
    }

    @Test
    void a_changed_definition_is_told_in_both_eras_and_to_no_other_tenant() {
        TestCallers.know("rivals", "rival-follower", List.of("*", "admin"));
        define(guide("So.")).statusCode(201);
        define("rival-follower", guide("Theirs.")).statusCode(201);
        var session = McpClient.connect(endpoint, "reader");
        session.request("resources/subscribe", new JsonObject().put("uri", URI));
        try (McpStream legacy = session.listen();
                McpStream modern = follow("reader");
                McpStream foreign = follow("rival-follower")) {
            change("\"1\"", guide("Otherwise.")).statusCode(200);

            await().until(() -> legacy.updated().contains(URI));
            await().until(() -> modern.updated().contains(URI));
            assertThat(foreign.updated()).isEmpty();
        } finally {
            as("rival-follower").delete("/api/v1/mcp/resources/followed-guide");
        }
    }

    private McpStream follow(String bearer) {
        return listen(
                bearer, new JsonObject().put("resourceSubscriptions", new JsonArray().add(URI)));
    }
}
