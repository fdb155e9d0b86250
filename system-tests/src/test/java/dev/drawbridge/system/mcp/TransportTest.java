package dev.drawbridge.system.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

/// Requests that are no proper MCP are refused at the transport, and the session goes on.
@WithSuite
class TransportTest {
    private final McpSession session;
    private final McpHttp newcomer;

    TransportTest(Suite suite) {
        String token = RetailIdentity.HEAD_OFFICE.token(suite);
        this.session = McpSession.open(suite, token);
        this.newcomer = McpHttp.to(suite.summary().mcp()).bearer(token);
    }

    @AfterEach
    void the_session_goes_on() {
        assertThat(session.toolNames()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"})
    void speaks_every_revision_of_the_protocol_that_it_knows(String revision) {
        var answer = newcomer.post(1, "initialize", initialization(revision));

        assertThat(McpHttp.message(answer).at("/result/protocolVersion").asText())
                .isEqualTo(revision);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/mcp/v1/"})
    void answers_at_its_other_paths_too(String path) {
        var answer = newcomer.at(path).post(1, "initialize", McpSession.initialization());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(McpHttp.message(answer).at("/result/serverInfo/name").asText())
                .isEqualTo("drawbridge");
    }

    @Test
    void offers_its_newest_revision_to_a_client_of_a_later_one() {
        var answer = newcomer.post(1, "initialize", initialization("2099-01-01"));

        assertThat(McpHttp.message(answer).at("/result/protocolVersion").asText())
                .isEqualTo("2025-11-25");
    }

    @Test
    void refuses_a_header_with_an_unknown_revision() {
        var answer =
                session.http()
                        .with("Mcp-Protocol-Version", "1999-01-01")
                        .post(1, "tools/list", Map.of());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(McpHttp.message(answer).at("/error/data/supported/0").asText())
                .isEqualTo("2026-07-28");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json"})
    void refuses_a_client_that_does_not_accept_both_forms_of_answer(String accept) {
        var answer = session.http().with("Accept", accept).post(1, "tools/list", Map.of());

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void refuses_a_body_of_two_megabytes() {
        var answer = session.http().post(1, "ping", Map.of("pad", "x".repeat(2_000_000)));

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "7", "\"text\"", "{\"jsonrpc\":\"1.0\"}"})
    void answers_a_body_that_is_no_message_with_an_error(String body) {
        var answer = session.http().post(body);

        assertThat(answer.statusCode()).isBetween(200, 499);
        assertThat(answer.statusCode() >= 400 || McpHttp.message(answer).has("error")).isTrue();
    }

    @Test
    void answers_an_unknown_method_with_method_not_found() {
        var answer = session.http().post(1, "tools/destroy", Map.of());

        assertThat(McpHttp.message(answer).at("/error/code").asInt()).isEqualTo(-32601);
    }

    @Test
    void refuses_a_batch_as_its_revision_says() {
        var answer = session.http().post("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(McpHttp.message(answer).at("/error/code").asInt()).isEqualTo(-32600);
    }

    private static Map<String, ?> initialization(String revision) {
        return Map.of(
                "protocolVersion",
                revision,
                "capabilities",
                Map.of(),
                "clientInfo",
                Map.of("name", "system-tests", "version", "0.1.0"));
    }
}
