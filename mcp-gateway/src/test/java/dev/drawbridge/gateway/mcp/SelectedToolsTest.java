package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.WriteCase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a client chooses at its URL, in both eras.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class SelectedToolsTest extends WriteCase {
    @Test
    void features_choose_tools_and_the_others_are_not_there() {
        assertThat(listed("?features=utility"))
                .contains("list_connections")
                .doesNotContain("query_database");
        assertThat(listed("?features=database,utility"))
                .contains("list_connections", "query_database");
        assertThat(listed("?features=all")).containsAll(listed(""));

        assertThat(called("?features=utility", "query_database", sql("select 1"))).isFalse();
        assertThat(called("?features=database", "query_database", sql("select 1"))).isTrue();
    }

    @Test
    void every_group_whose_tools_ask_for_a_connection_tells_which_there_are() {
        for (String group : List.of("database", "operate", "utility")) {
            assertThat(listed("?features=" + group)).contains("list_connections");
        }
    }

    @Test
    void bounds_that_are_far_away_hold_without_being_listed() {
        JsonObject tools = session("?features=all").request("tools/list", new JsonObject());

        assertThat(tools.encode()).doesNotContain("maxLength", "maxItems", "\"items\":{}");
        JsonObject far = sql("select 1").put("connection_id", "x".repeat(65));
        JsonObject error = error(session("").call("query_database", far));
        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo("connection_id");
    }

    /// For who may use all that is built in; own tools of other tests are in other lists.
    @Test
    void lists_stay_short() {
        assertThat(bytes("?features=database")).isLessThanOrEqualTo(13_312);
        assertThat(bytes("?features=database,operate,utility")).isLessThanOrEqualTo(32_768);
    }

    @Test
    void read_only_leaves_what_reads() {
        assertThat(listed("")).contains("execute_sql");
        assertThat(listed("?read_only=false")).contains("execute_sql");
        assertThat(listed("?read_only=true"))
                .contains("query_database")
                .doesNotContain("execute_sql");

        JsonObject refused =
                session("?read_only=true").call("execute_sql", sql("delete from shop.item"));
        assertThat(refused.encode()).contains("execute_sql").doesNotContain("affectedRows");
        assertThat(stateless("?read_only=true").call("execute_sql", sql("select 1")).body())
                .contains("\"error\"")
                .contains("-32602");
    }

    @Test
    void a_connection_of_the_url_is_given_to_every_call_and_asked_for_by_none() {
        for (String chosen : List.of("?connection=shop", "?connection=" + shop)) {
            for (JsonObject tool : List.of(tool(session(chosen)), tool(stateless(chosen)))) {
                JsonObject schema = tool.getJsonObject("inputSchema");
                assertThat(schema.getJsonObject("properties").fieldNames())
                        .contains("sql")
                        .doesNotContain("connection_id");
                assertThat(schema.getJsonArray("required")).containsExactly("sql");
            }
            assertThat(listed(chosen)).doesNotContain("list_connections");
            var arguments = new JsonObject().put("sql", "select 7 as n");
            assertThat(session(chosen).call("query_database", arguments).encode())
                    .contains("[[7]]");
            assertThat(stateless(chosen).call("query_database", arguments).body())
                    .contains("[[7]]");
        }
    }

    @Test
    void another_connection_than_that_of_the_url_is_refused() {
        JsonObject other = new JsonObject().put("sql", "select 1").put("connection_id", "x");

        JsonObject error = error(session("?connection=shop").call("query_database", other));

        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        assertThat(error.getString("field")).isEqualTo("connection_id");
    }

    @Test
    void what_cannot_be_chosen_is_refused_before_anything_is_done() {
        for (String wrong :
                List.of(
                        "?readonly=true",
                        "?read_only=yes",
                        "?read_only=true&read_only=false",
                        "?features=databases",
                        "?features=",
                        "?features=database,",
                        "?connection=",
                        "?x")) {
            for (String path : List.of("/mcp", "/mcp/v1")) {
                var answer =
                        StatelessClient.of(endpoint.resolve(path + wrong), "alice")
                                .post("tools/list", new JsonObject());
                assertThat(answer.statusCode()).as(path + wrong).isEqualTo(400);
                assertThat(answer.body()).contains("VALIDATION_ERROR");
            }
        }
        assertThat(refusal("?features=databases"))
                .contains("features: there is no \\\"databases\\\"; there are all, database,");
        assertThat(refusal("?connection=")).contains("connection: is empty; give an id or a name");
        var unknown =
                StatelessClient.of(url("?connection=nowhere"), "alice")
                        .post("tools/list", new JsonObject());
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("NOT_FOUND");
        assertThat(
                        StatelessClient.of(url("?readonly=true"), "nobody-at-all")
                                .post("tools/list", new JsonObject())
                                .statusCode())
                .isEqualTo(401);
    }

    /// A client repeats what schemas mark, and knows the schemas of what it was shown.
    @Test
    void a_tool_that_is_not_listed_wants_no_header_of_its_connection_and_takes_no_wrong_one() {
        var params =
                new JsonObject()
                        .put("name", "sample_rows")
                        .put("arguments", on().put("schema", "shop").put("table", "item"));
        var headers = new HashMap<>(stateless("").headers("tools/call", params));
        headers.remove("Mcp-Param-Connection");

        assertThat(answer("", params, headers)).contains("structuredContent");
        assertThat(answer("?features=database", params, headers)).contains("-32020");
        headers.put("Mcp-Param-Connection", "another");
        assertThat(answer("", params, headers)).contains("-32020");
    }

    private String answer(String query, JsonObject params, Map<String, String> headers) {
        var client = stateless(query);
        return client.post(client.body("tools/call", params), headers).body();
    }

    private String refusal(String query) {
        return StatelessClient.of(url(query), "alice").post("tools/list", new JsonObject()).body();
    }

    private boolean called(String query, String tool, JsonObject arguments) {
        boolean inSession =
                session(query).call(tool, arguments).encode().contains("structuredContent");
        boolean without =
                stateless(query).call(tool, arguments).body().contains("structuredContent");
        assertThat(inSession).isEqualTo(without);
        return without;
    }

    private int bytes(String query) {
        return session(query)
                .request("tools/list", new JsonObject())
                .getJsonArray("tools")
                .encode()
                .getBytes(StandardCharsets.UTF_8)
                .length;
    }

    private List<String> listed(String query) {
        List<String> without = names(stateless(query).request("tools/list", new JsonObject()));
        assertThat(names(session(query).request("tools/list", new JsonObject())))
                .isEqualTo(without);
        return without;
    }

    private static List<String> names(JsonObject list) {
        return list.getJsonArray("tools").stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .toList();
    }

    private static JsonObject tool(McpClient client) {
        return queryDatabase(client.request("tools/list", new JsonObject()));
    }

    private static JsonObject tool(StatelessClient client) {
        return queryDatabase(client.request("tools/list", new JsonObject()));
    }

    private static JsonObject queryDatabase(JsonObject list) {
        return list.getJsonArray("tools").stream()
                .map(JsonObject.class::cast)
                .filter(tool -> tool.getString("name").equals("query_database"))
                .findFirst()
                .orElseThrow();
    }

    private McpClient session(String query) {
        return McpClient.connect(url(query), "alice");
    }

    private StatelessClient stateless(String query) {
        return StatelessClient.of(url(query), "alice");
    }

    private URI url(String query) {
        return URI.create(endpoint + query);
    }
}
