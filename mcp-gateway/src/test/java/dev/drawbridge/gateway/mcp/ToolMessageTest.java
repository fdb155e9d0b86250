package dev.drawbridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolMessageTest {
    @Test
    void reads_a_call() {
        assertThat(
                        read(
                                """
                                {"jsonrpc":"2.0","id":"a","method":"tools/call",
                                 "params":{"name":"t","arguments":{"x":1},"_meta":{"k":2}}}
                                """))
                .isEqualTo(new ToolMessage.Call("a", "t", new JsonObject().put("x", 1), null));
    }

    @Test
    void a_call_without_arguments_has_none() {
        assertThat(
                        read(
                                """
                                {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"t"}}
                                """))
                .isEqualTo(new ToolMessage.Call(7, "t", new JsonObject(), null));
    }

    @Test
    void a_list_is_read_from_its_beginning_only() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}"))
                .isEqualTo(new ToolMessage.ListAll(7));
        assertThat(
                        read(
                                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\","
                                        + "\"params\":{\"cursor\":\"x\"}}"))
                .isInstanceOf(ToolMessage.Other.class);
    }

    @Test
    void an_answer_is_known_by_having_no_method() {
        assertThat(read("{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"result\":{}}"))
                .isEqualTo(
                        new ToolMessage.Answer(
                                "ask-1",
                                new JsonObject()
                                        .put("jsonrpc", "2.0")
                                        .put("id", "ask-1")
                                        .put("result", new JsonObject())));
    }

    @Test
    void reads_which_request_was_cancelled_by_its_very_id() {
        assertThat(cancelled("7")).isEqualTo(new ToolMessage.Cancelled(7));
        assertThat(cancelled("\"7\"")).isEqualTo(new ToolMessage.Cancelled("7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}",
                "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/call\",\"params\":{\"name\":\"t\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/list\",\"params\":{\"name\":\"t\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":3,\"params\":{\"name\":\"t\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
                        + "\"params\":{\"name\":\"t\",\"arguments\":[]}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{}}",
            })
    void leaves_everything_else_to_others(String body) {
        assertThat(read(body)).isEqualTo(new ToolMessage.Other());
    }

    private static ToolMessage cancelled(String id) {
        return read(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                        + id
                        + "}}");
    }

    private static ToolMessage read(String body) {
        return ToolMessage.read(Buffer.buffer(body));
    }
}
