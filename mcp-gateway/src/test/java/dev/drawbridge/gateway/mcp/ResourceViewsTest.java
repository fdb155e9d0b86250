package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.McpStream;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/// Callers of one connection who read as different logins.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ResourceViewsTest extends ResourceCase {
    @Inject Subscriptions subscriptions;

    @Test
    void a_change_that_ones_login_cannot_see_is_told_to_the_other_only() {
        sql(
                "library",
                """
                create role library_clerk login password 'c';
                create schema office;
                grant usage on schema office to agent, library_clerk;
                create table office.desk (id int);
                grant select on office.desk to agent, library_clerk
                """);
        String office = register(office()).statusCode(201).extract().path("id");
        String list = "pg://" + office + "/schema/office";
        try (McpStream seeing = subscribed("chief", office, list);
                McpStream blind = subscribed("clerk", office, list)) {
            sql(
                    "library",
                    "create table office.safe (id int); grant select on office.safe to agent");
            await().atMost(Duration.ofSeconds(10)).until(() -> seeing.updated().size() == 1);
            assertThat(blind.updated()).isEmpty();

            sql("library", "grant select on office.safe to library_clerk");

            await().atMost(Duration.ofSeconds(10)).until(() -> blind.updated().size() == 1);
            assertThat(seeing.updated()).hasSize(1);
        }
    }

    private McpStream subscribed(String name, String connection, String uri) {
        TestCallers.know(
                name,
                Map.of("post", name),
                "connection:" + connection,
                "read",
                "resource:*",
                "read");
        var client = McpClient.connect(endpoint, name);
        McpStream stream = client.listen();
        await().until(() ->
                subscriptions.all().stream()
                        .anyMatch(
                                it -> it.id().equals(client.session()) && it.stream().isPresent()));
        assertThat(subscribe(client, uri)).isEmpty();
        return stream;
    }

    private static JsonObject office() {
        return connection("office")
                .put("database", "library")
                .put(
                        "rls",
                        new JsonObject()
                                .put("mode", "role")
                                .put("source", "attributes.post")
                                .put(
                                        "logins",
                                        new JsonObject()
                                                .put("chief", login("agent", "agent-secret"))
                                                .put("clerk", login("library_clerk", "c"))));
    }

    private static JsonObject login(String username, String password) {
        return new JsonObject().put("username", username).put("password", password);
    }
}
