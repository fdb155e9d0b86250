package dev.drawbridge.system.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpResponse;

/// A web page that reaches the gateway under a name of its own (DNS rebinding) gets nothing, even
/// with a valid token. Names are compared whole: a prefix test would take these for `localhost`.
@WithSuite
class HostTest {
    private final Suite suite;
    private final McpHttp caller;
    private final int port;

    HostTest(Suite suite) {
        this.suite = suite;
        this.caller =
                McpHttp.to(suite.summary().mcp()).bearer(RetailIdentity.HEAD_OFFICE.token(suite));
        this.port = URI.create(suite.gateway()).getPort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example",
                "evil.example:%d",
            })
    void refuses_a_foreign_host(String host) {
        refused(initialize(caller.with("Host", host.formatted(port))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example:%d",
                "https://evil.example",
                "http://localhost:%d@evil.example",
                "null",
                "file://",
            })
    void refuses_a_foreign_origin(String origin) {
        refused(initialize(caller.with("Origin", origin.formatted(port))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/connections", "/mcp", "/.well-known/anything"})
    void refuses_a_foreign_host_on_every_path(String path) {
        var other =
                McpHttp.to(suite.gateway() + path)
                        .bearer(RetailIdentity.HEAD_OFFICE.token(suite))
                        .with("Host", "localhost.evil.example");

        refused(initialize(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:%d", "127.0.0.1:%d"})
    void answers_under_its_own_names(String host) {
        var named = caller.with("Host", host.formatted(port));

        assertThat(initialize(named).statusCode()).isEqualTo(200);
        assertThat(initialize(named.with("Origin", "http://" + host.formatted(port))).statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> initialize(McpHttp http) {
        return http.post(1, "initialize", McpSession.initialization());
    }

    private static void refused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(McpHttp.message(response).path("code").asText())
                .isEqualTo("AUTHORIZATION_ERROR");
    }
}
