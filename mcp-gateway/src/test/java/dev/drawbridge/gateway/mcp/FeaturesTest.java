package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

import io.quarkiverse.mcp.server.ToolManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.StreamSupport;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class FeaturesTest extends GatewayCase {
    @Inject ToolManager toolManager;

    @Test
    void tools_are_listed_by_name_and_only_those_that_the_caller_may_use() {
        TestCallers.know(
                "narrow",
                Map.of(),
                new Grants(Map.of(ProtectedObject.tool("list_connections"), Level.READ)),
                "*",
                "read");

        assertThat(names("alice"))
                .containsExactly(
                        "count_rows",
                        "explain_query",
                        "get_schema",
                        "list_connections",
                        "query_database");
        assertThat(names("narrow")).containsExactly("list_connections");
        JsonObject refused = call("narrow", "query_database", sql("select 1"));
        assertThat(refused.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    }

    @Test
    void every_tool_has_a_title_four_hints_and_both_schemas() {
        assertThat(tools("alice")).isNotEmpty();
        for (JsonObject tool : tools("alice")) {
            assertThat(tool.getString("title")).isNotBlank();
            assertThat(tool.getJsonObject("annotations").fieldNames())
                    .contains("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");
            assertThat(tool.getJsonObject("inputSchema").getBoolean("additionalProperties"))
                    .isFalse();
            assertThat(tool.getJsonObject("outputSchema").getString("type")).isEqualTo("object");
        }
    }

    @Test
    void schemas_are_registered_once_and_not_generated_for_each_listing() {
        var ours =
                StreamSupport.stream(toolManager.spliterator(), false)
                        .filter(tool -> tool.name().equals("query_database"))
                        .toList();

        assertThat(ours).hasSize(1).noneMatch(ToolManager.ToolInfo::isMethod);
    }

    @Test
    void get_schema_tells_as_much_as_is_asked_for() {
        JsonObject names = structured(call("alice", "get_schema", on().put("detail", "names")));
        JsonObject full =
                structured(
                        call(
                                "alice",
                                "get_schema",
                                on().put("detail", "full").put("pattern", "pri*")));

        assertThat(names.getJsonArray("tables").encode())
                .isEqualTo("[{\"kind\":\"table\",\"name\":\"item\",\"schema\":\"shop\"}]");
        assertThat(full.getJsonArray("tables").getJsonObject(0).getString("comment"))
                .isEqualTo("What is sold.");
        assertThat(full.getJsonArray("tables").getJsonObject(0).getJsonArray("primaryKey").encode())
                .isEqualTo("[\"id\"]");
        assertThat(full.encode()).doesNotContain("secret").doesNotContain("\"rows\"");
    }

    @Test
    void count_rows_counts_what_the_caller_sees_and_takes_no_sql() {
        JsonObject counted =
                structured(
                        call(
                                "alice",
                                "count_rows",
                                on().put("schema", "shop")
                                        .put("table", "item")
                                        .put(
                                                "filters",
                                                new JsonArray()
                                                        .add(filter("id", "lte", 10))
                                                        .add(
                                                                filter(
                                                                        "owner",
                                                                        "in",
                                                                        new JsonArray()
                                                                                .add("alice")
                                                                                .add("bob"))))));
        JsonObject injected =
                call(
                        "alice",
                        "count_rows",
                        on().put("schema", "shop")
                                .put("table", "item\" where false; drop table shop.item --"));

        assertThat(counted.getInteger("count")).isEqualTo(5);
        assertThat(error(injected).getString("sqlState")).isEqualTo("42P01");
    }

    @Test
    void explain_query_shows_the_plan() {
        JsonObject plan =
                structured(
                        call(
                                "alice",
                                "explain_query",
                                sql("select * from shop.item where id = 1")));

        assertThat(plan.getString("plan")).contains("Index Scan");
        assertThat(
                        error(call("alice", "explain_query", sql("analyze shop.item")))
                                .getString("code"))
                .isEqualTo("QUERY_REJECTED");
    }

    @Test
    void resources_are_listed_and_read_by_those_who_may() {
        var alice = McpClient.connect(endpoint, "alice");
        String info = "pg://" + shop + "/info";

        assertThat(alice.request("resources/list", new JsonObject()).encode()).contains(info);
        assertThat(read(alice, info).encode()).contains("version");
        assertThat(read(alice, "pg://" + shop + "/schema/shop/item").encode())
                .contains("What is sold.");
    }

    @Test
    void resources_of_others_do_not_exist() {
        var stranger = McpClient.connect(endpoint, "stranger");
        String info = "pg://" + shop + "/info";

        assertThat(stranger.request("resources/list", new JsonObject()).encode())
                .doesNotContain(info);
        assertThat(read(stranger, info).getJsonObject("error").getInteger("code"))
                .isEqualTo(-32002);
    }

    @Test
    void prompts_are_filled_in() {
        JsonObject prompt =
                McpClient.connect(endpoint, "alice")
                        .request(
                                "prompts/get",
                                new JsonObject()
                                        .put("name", "write-query")
                                        .put(
                                                "arguments",
                                                new JsonObject()
                                                        .put("connection_id", shop)
                                                        .put("question", "How many items?")));

        assertThat(prompt.encode()).contains("How many items?").contains(shop);
    }

    private static JsonObject read(McpClient client, String uri) {
        return client.request("resources/read", new JsonObject().put("uri", uri));
    }
}
