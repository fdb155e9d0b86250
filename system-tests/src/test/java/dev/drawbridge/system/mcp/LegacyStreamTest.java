package dev.drawbridge.system.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The transport of 2024-11-05 (a stream, and a path to post to) comes with the extension and is
/// not offered: its streams would be bound to nobody.
@WithSuite
class LegacyStreamTest {
    private final McpHttp anonymous;
    private final McpHttp caller;

    LegacyStreamTest(Suite suite) {
        this.anonymous = McpHttp.to(suite.summary().mcp());
        this.caller = anonymous.bearer(RetailIdentity.HEAD_OFFICE.token(suite));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/v1/sse", "/mcp/v1/messages/none"})
    void is_not_found_by_who_may_come_in(String path) {
        assertThat(caller.at(path).get()).isEqualTo(404);
        assertThat(initialize(caller.at(path))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/v1/sse", "/mcp/v1/messages/none"})
    void is_nothing_that_others_learn_of(String path) {
        var unknown = anonymous.bearer("dbk_unknown");

        assertThat(anonymous.at(path).get()).isEqualTo(401);
        assertThat(unknown.at(path).get()).isEqualTo(401);
        assertThat(initialize(unknown.at(path))).isEqualTo(401);
    }

    private static int initialize(McpHttp http) {
        return http.post(1, "initialize", McpSession.initialization()).statusCode();
    }
}
