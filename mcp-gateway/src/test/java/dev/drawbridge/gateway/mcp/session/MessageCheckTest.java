package dev.drawbridge.gateway.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.LogLines;
import dev.drawbridge.gateway.McpClient;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/// What the extension would log, or answer although the session's revision does not know it.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class MessageCheckTest extends GatewayCase {
    private static final String BATCH =
            """
            [{"jsonrpc":"2.0","id":"a","method":"ping"},
             {"jsonrpc":"2.0","id":"b","method":"tools/list"}]
            """;

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2099-01-01"})
    void refuses_a_batch_where_the_revision_has_none(String revision) {
        var answer = McpClient.connect(endpoint, "alice", revision).post(BATCH);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).getInteger("code")).isEqualTo(-32600);
        assertThat(error(answer).getString("message")).contains("2025-06-18");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2024-11-05"})
    void answers_a_batch_where_the_revision_has_them(String revision) {
        var answer = McpClient.connect(endpoint, "alice", revision).post(BATCH);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"a\"", "\"b\"", "query_database");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\", MARK",
                "{} MARK",
                "{\"MARK\":\"\u0001\"}",
                "[{\"MARK\":]",
                "{\"MARK\":NaN}"
            })
    void says_that_a_body_is_no_json_and_logs_nothing_of_it(String body) {
        String mark = "m" + UUID.randomUUID();
        var client = McpClient.connect(endpoint, "alice");
        try (var log = new LogLines()) {
            var answer = client.post(body.replace("MARK", mark));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(error(answer).getInteger("code")).isIn(-32700, -32600);
            assertThat(log.about(mark)).isEmpty();
            assertThat(log.about("JSON")).isEmpty();
        }
        assertThat(client.request("ping", new JsonObject()).encode()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "prompts/list"})
    void refuses_a_cursor_that_is_none_and_logs_nothing_of_it(String method) {
        String mark = "m" + UUID.randomUUID();
        var client = McpClient.connect(endpoint, "alice");
        try (var log = new LogLines()) {
            var moments = new byte[24];
            Arrays.fill(moments, (byte) 0x7f);
            String never = Base64.getEncoder().encodeToString(moments);
            for (Object cursor :
                    new Object[] {mark, "\u001b[31m" + mark, "", never, 7, new JsonArray()}) {
                JsonObject answer = client.request(method, new JsonObject().put("cursor", cursor));

                assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
                assertThat(answer.encode()).doesNotContain(mark);
            }
            assertThat(log.about(mark)).isEmpty();
            assertThat(log.about("cursor")).isEmpty();
        }
    }

    /// As the extension writes them: the moment that a tool was registered, and that of the list.
    @Test
    void leaves_the_cursors_of_the_extension_alone() {
        var moments = ByteBuffer.allocate(24);
        moments.putLong(0).putInt(0).putLong(Instant.now().getEpochSecond()).putInt(999_999_999);
        String cursor = Base64.getEncoder().encodeToString(moments.array());

        assertThat(
                        McpClient.connect(endpoint, "alice")
                                .request("tools/list", new JsonObject().put("cursor", cursor))
                                .getJsonArray("tools"))
                .isNotEmpty();
    }

    @Test
    void refuses_such_a_cursor_in_a_batch_too() {
        String mark = "m" + UUID.randomUUID();
        var client = McpClient.connect(endpoint, "alice", "2025-03-26");
        try (var log = new LogLines()) {
            var answer =
                    client.post(
                            """
                            [{"jsonrpc":"2.0","id":1,"method":"tools/list",
                              "params":{"cursor":"%s"}}]
                            """
                                    .formatted(mark));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(log.about(mark)).isEmpty();
        }
    }

    @Test
    void names_the_revisions_that_are_spoken_to_who_asks_for_another() {
        var answer =
                McpClient.connect(endpoint, "alice")
                        .post(
                                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}",
                                Map.of("Mcp-Protocol-Version", "1999-01-01"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getInteger("id")).isEqualTo(5);
        assertThat(error(answer).getInteger("code")).isEqualTo(-32022);
        assertThat(error(answer).getJsonObject("data").getString("requested"))
                .isEqualTo("1999-01-01");
        assertThat(error(answer).getJsonObject("data").getJsonArray("supported"))
                .contains("2026-07-28", "2025-11-25");
    }

    private static JsonObject error(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getJsonObject("error");
    }
}
