package dev.drawbridge.gateway.mcp.stateless;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.StatelessClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class StatelessTest extends GatewayCase {
    private static final String META = "io.modelcontextprotocol/";

    @Test
    void both_eras_answer_a_call_alike() {
        JsonObject query = sql("select id, owner from shop.item order by id limit 3");
        JsonObject modern = alice().request("tools/call", tool("query_database", query));
        JsonObject session = call("alice", "query_database", query);

        assertThat(modern.getJsonObject("structuredContent"))
                .isEqualTo(session.getJsonObject("structuredContent"));
        assertThat(modern.getString("resultType")).isEqualTo("complete");
        assertThat(modern.getBoolean("isError")).isFalse();
        assertThat(
                        modern.getJsonObject("_meta")
                                .getJsonObject(META + "serverInfo")
                                .getString("name"))
                .isEqualTo("drawbridge");
    }

    @Test
    void both_eras_list_the_same_and_only_what_their_caller_may_use() {
        for (String list : List.of("tools", "prompts", "resources")) {
            assertThat(names(alice().request(list + "/list", new JsonObject()), list))
                    .isEqualTo(
                            names(
                                    McpClient.connect(endpoint, "alice")
                                            .request(list + "/list", new JsonObject()),
                                    list));
        }
        assertThat(alice().request("tools/list", none()).getJsonArray("tools"))
                .isEqualTo(
                        McpClient.connect(endpoint, "alice")
                                .request("tools/list", none())
                                .getJsonArray("tools"));
        assertThat(
                        names(
                                StatelessClient.of(endpoint, "stranger")
                                        .request("prompts/list", new JsonObject()),
                                "prompts"))
                .isEmpty();
    }

    @Test
    void no_session_is_made_and_one_that_is_named_is_ignored() {
        Map<String, String> headers = new HashMap<>(alice().headers("tools/list", none()));
        headers.put("Mcp-Session-Id", "anything");
        var answer = alice().post(alice().body("tools/list", none()), headers);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void streams_and_sessions_are_of_the_other_era(String method) {
        given().header("Authorization", "Bearer alice")
                .header("MCP-Protocol-Version", "2026-07-28")
                .request(method, endpoint)
                .then()
                .statusCode(405);
    }

    @Test
    void a_header_of_one_era_over_a_body_of_the_other_is_refused() {
        JsonObject body = alice().body("tools/list", none());
        for (String version : List.of("2025-11-25", "2025-06-18")) {
            var headers = new HashMap<>(alice().headers("tools/list", none()));
            headers.put("MCP-Protocol-Version", version);
            assertError(alice().post(body, headers), 400, -32020);
        }
        var missing = new HashMap<>(alice().headers("tools/list", none()));
        missing.remove("MCP-Protocol-Version");
        assertError(alice().post(body, missing), 400, -32020);
    }

    @Test
    void a_revision_that_nobody_speaks_is_told_which_there_are() {
        JsonObject body = alice().body("tools/list", none());
        body.getJsonObject("params")
                .getJsonObject("_meta")
                .put(META + "protocolVersion", "2031-01-01");
        var headers = new HashMap<>(alice().headers("tools/list", none()));
        headers.put("MCP-Protocol-Version", "2031-01-01");

        JsonObject error = assertError(alice().post(body, headers), 400, -32022);

        assertThat(error.getJsonObject("data").getString("requested")).isEqualTo("2031-01-01");
        assertThat(error.getJsonObject("data").getJsonArray("supported"))
                .isEqualTo(
                        alice().request("server/discover", none())
                                .getJsonArray("supportedVersions"))
                .contains("2026-07-28", "2025-11-25");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|400|-32600",
                "[{}]|400|-32600",
                "{}|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1}|400|-32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"}|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"tools/list\"}|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"}|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"}|400|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":[]}|400|-32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}|400|-32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}|400|-32600",
                "{\"jsonrpc\":\"2.0\",|400|-32700",
                "nonsense|400|-32600"
            })
    void what_is_no_request_gets_an_error_of_the_protocol(String body, int status, int code) {
        var answer =
                McpClient.without(endpoint, "alice")
                        .post(body, alice().headers("tools/list", none()));
        assertError(answer, status, code);
    }

    @Test
    void a_notification_is_taken_and_does_nothing() {
        var answer =
                McpClient.without(endpoint, "alice")
                        .post(
                                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                                        + "\"params\":{\"requestId\":1}}",
                                alice().headers("notifications/cancelled", none()));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tools/call,name,no_such_tool",
        "prompts/get,name,no-such-prompt",
        "resources/read,uri,pg://nowhere/info"
    })
    void what_is_not_there_reads_like_what_is_another_callers(
            String method, String key, String unknown) {
        JsonObject error =
                assertError(alice().post(method, new JsonObject().put(key, unknown)), 200, -32602);
        assertThat(error.getString("message")).startsWith("NOT_FOUND").contains(unknown);
    }

    @Test
    void a_call_belongs_to_the_trace_that_its_client_names() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        JsonObject params =
                tool("query_database", sql("select nothing from nowhere"))
                        .put(
                                "_meta",
                                new JsonObject()
                                        .put(
                                                "traceparent",
                                                "00-" + trace + "-00f067aa0ba902b7-01"));
        JsonObject result = alice().request("tools/call", params);
        assertThat(
                        result.getJsonObject("structuredContent")
                                .getJsonObject("error")
                                .getString("traceId"))
                .isEqualTo(trace);
    }

    @Test
    void a_trace_ends_with_the_call_that_it_was_said_for() {
        String trace = "aaaabbbbccccdddd1111222233334444";
        for (int round = 0; round < 20; round++) {
            assertThat(traceOf(new JsonObject().put("traceparent", parent(trace))))
                    .isEqualTo(trace);
            assertThat(traceOf(new JsonObject())).isNotEqualTo(trace).matches("[0-9a-f]{32}");
        }
    }

    private String traceOf(JsonObject meta) {
        return alice().request(
                        "tools/call",
                        tool("query_database", sql("select nothing from nowhere"))
                                .put("_meta", meta))
                .getJsonObject("structuredContent")
                .getJsonObject("error")
                .getString("traceId");
    }

    private static String parent(String trace) {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "nonsense"
            })
    void a_trace_that_is_none_does_no_harm(String traceparent) {
        JsonObject params =
                tool("query_database", sql("select 1"))
                        .put("_meta", new JsonObject().put("traceparent", traceparent));
        assertThat(alice().request("tools/call", params).getBoolean("isError")).isFalse();
    }

    @Test
    void a_list_is_the_callers_own_to_keep() {
        for (String method :
                List.of(
                        "server/discover",
                        "tools/list",
                        "prompts/list",
                        "resources/list",
                        "resources/templates/list")) {
            JsonObject result = alice().request(method, none());
            assertThat(result.getString("cacheScope")).as(method).isEqualTo("private");
            assertThat(result.getLong("ttlMs")).as(method).isPositive();
        }
    }

    private StatelessClient alice() {
        return StatelessClient.of(endpoint, "alice");
    }

    private static JsonObject none() {
        return new JsonObject();
    }

    private static JsonObject tool(String name, JsonObject arguments) {
        return new JsonObject().put("name", name).put("arguments", arguments);
    }

    private static List<String> names(JsonObject result, String list) {
        return result.getJsonArray(list, new JsonArray()).stream()
                .map(one -> ((JsonObject) one).getString("name"))
                .sorted()
                .toList();
    }

    private static JsonObject assertError(HttpResponse<String> answer, int status, int code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        assertThat(error).as(answer.body()).isNotNull();
        assertThat(error.getInteger("code")).as(answer.body()).isEqualTo(code);
        return error;
    }
}
