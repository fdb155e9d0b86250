package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.target.AnswerRoom;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Calls that we answer ourselves look like those that the extension answers.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ToolCallRouteTest extends GatewayCase {
    @Inject AnswerRoom room;

    @ParameterizedTest
    @ValueSource(strings = {"1", "-7", "4294967296", "\"a\"", "\"q\\\"\\u00e9\"", "\"\""})
    void an_answer_carries_the_id_of_its_request(String id) {
        var answer = new JsonObject(client().post(message(id, "query_database")).body());

        assertThat(answer.getValue("id"))
                .isEqualTo(new JsonObject("{\"id\":" + id + "}").getValue("id"));
        assertThat(answer.getJsonObject("result").getBoolean("isError")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"query_database", "list_connections", "no_such_tool"})
    void alone_and_in_a_batch_a_call_has_the_same_answer(String tool) {
        var alone = new JsonObject(client().post(message("5", tool)).body());
        String batch =
                McpClient.connect(endpoint, "alice", "2025-03-26")
                        .post("[" + message("5", tool) + "]")
                        .body();
        var other =
                batch.startsWith("[")
                        ? new JsonArray(batch).getJsonObject(0)
                        : new JsonObject(batch);

        assertThat(unmarked(alone)).isEqualTo(unmarked(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection_id", "database", "sql", "x"})
    void a_text_that_utf_eight_cannot_carry_is_answered(String argument) {
        String arguments =
                sql("select 1").put(argument, "SURROGATE").encode().replace("SURROGATE", "\\ud800");
        var answer =
                new JsonObject(client().post(message("7", "query_database", arguments)).body());

        assertThat(answer.getValue("id")).isEqualTo(7);
        assertThat(answer.getJsonObject("result").getBoolean("isError")).isTrue();
    }

    @Test
    void an_id_that_utf_eight_cannot_carry_is_answered() {
        var answer = client().post(message("\"\\ud800\"", "query_database"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getJsonObject("result")).isNotNull();
    }

    @Test
    void a_client_that_accepts_no_stream_is_refused_as_the_protocol_says() {
        var answer =
                client().post(message("1", "query_database"), Map.of("Accept", "application/json"));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void an_unknown_revision_is_refused() {
        var answer =
                client().post(
                                message("1", "query_database"),
                                Map.of("Mcp-Protocol-Version", "1999-01-01"));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void a_call_without_a_session_is_not_answered_with_rows() {
        var answer = McpClient.without(endpoint, "alice").post(message("1", "query_database"));

        assertThat(answer.body()).contains("initialize").doesNotContain("structuredContent");
        assertThat(new JsonObject(answer.body()).getJsonObject("error").getInteger("code"))
                .isEqualTo(-32601);
    }

    @Test
    void answers_that_a_client_does_not_take_count_until_it_hangs_up() throws Exception {
        String large = sql("select repeat('x', 1000000)").encode();
        String body =
                """
                {"jsonrpc":"2.0","id":1,"method":"tools/call",
                 "params":{"name":"query_database","arguments":%s}}\
                """
                        .formatted(large);
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
            String request = client().raw(body);
            for (int i = 0; i < 6; i++) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            }
            until(() -> room.taken() > 1_000_000);
            Thread.sleep(500); // What is taken for a flight is given back by now.
            assertThat(room.taken()).isGreaterThan(1_000_000);
        }

        until(() -> room.taken() == 0);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private McpClient client() {
        return McpClient.connect(endpoint, "alice");
    }

    private static String message(String id, String tool) {
        String arguments = tool.equals("query_database") ? sql("select 'ä\"' as a").encode() : "{}";
        return message(id, tool, arguments);
    }

    private static String message(String id, String tool, String arguments) {
        return """
        {"jsonrpc":"2.0","id":%s,"method":"tools/call","params":{"name":"%s","arguments":%s}}
        """
                .formatted(id, tool, arguments);
    }

    /// Without the random id of the boundary around data.
    private static JsonObject unmarked(JsonObject answer) {
        return new JsonObject(answer.encode().replaceAll("data-[0-9a-f]+", "data"));
    }
}
