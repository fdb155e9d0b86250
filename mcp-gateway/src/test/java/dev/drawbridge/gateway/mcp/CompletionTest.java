package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class CompletionTest extends GatewayCase {
    @Test
    void names_in_a_templates_uri_are_completed() {
        assertThat(completed("alice", "connection", "sh")).containsExactly(shop);
        assertThat(completed("alice", "schema", "sh")).containsExactly("shop");
        assertThat(completed("alice", "table", "it")).containsExactly("item");
    }

    @Test
    void what_cannot_be_read_is_not_completed() {
        String connection = "connection:" + shop;
        String resources = "resource:pg://" + shop;
        TestCallers.know("reader", Map.of(), connection, "read");
        TestCallers.know(
                "elsewhere", Map.of(), connection, "read", "resource:pg://elsewhere/*", "read");
        TestCallers.know("one", Map.of(), connection, "read", resources + "/info", "read");
        for (String caller : new String[] {"reader", "elsewhere", "one"}) {
            assertThat(completed(caller, "schema", "")).as(caller).isEmpty();
            assertThat(completed(caller, "table", "")).as(caller).isEmpty();
        }
        assertThat(completed("reader", "connection", "")).isEmpty();
        assertThat(completed("elsewhere", "connection", "")).isEmpty();
        assertThat(completed("one", "connection", "")).containsExactly(shop);

        TestCallers.know(
                "narrow", Map.of(), connection, "read", resources + "/schema/shop/item", "read");
        assertThat(completed("narrow", "schema", "")).containsExactly("shop");
        assertThat(completed("narrow", "table", "")).containsExactly("item");
    }

    @Test
    void a_prompts_connection_is_completed_for_those_who_see_the_prompt() {
        TestCallers.know(
                "asker", Map.of(), "connection:" + shop, "read", "prompt:write-query", "read");
        var ref = new JsonObject().put("type", "ref/prompt").put("name", "write-query");
        var argument = new JsonObject().put("name", "connection_id").put("value", "sh");
        var question = new JsonObject().put("ref", ref).put("argument", argument);

        assertThat(completed("asker", question)).containsExactly(shop);
        assertThat(completed("stranger", question)).isEmpty();
        ref.put("name", "explore-database");
        assertThat(completed("asker", question)).isEmpty();
    }

    private List<String> completed(String caller, String variable, String written) {
        return completed(
                caller,
                new JsonObject(
                        """
                        {"ref": {"type": "ref/resource",
                                 "uri": "pg://{connection}/schema/{schema}/{table}"},
                         "argument": {"name": "%s", "value": "%s"},
                         "context": {"arguments": {"connection": "%s", "schema": "shop"}}}
                        """
                                .formatted(variable, written, shop)));
    }

    /// What is completed; nothing also where the question is refused.
    private List<String> completed(String caller, JsonObject question) {
        return McpClient.connect(endpoint, caller)
                .request("completion/complete", question)
                .getJsonObject("completion", new JsonObject())
                .getJsonArray("values", new JsonArray())
                .stream()
                .map(String::valueOf)
                .toList();
    }
}
