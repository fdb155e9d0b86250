package dev.drawbridge.system.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;
import dev.drawbridge.testkit.AtOnce;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Every request shows its credential anew, and a bad one is answered at once, whatever the
/// request.
@WithSuite
class CredentialTest {
    private static final int NEW_TOKENS = 20;
    private static final int AT_ONCE = 4;

    private final Suite suite;
    private final AuthApi api;
    private final McpHttp anonymous;

    CredentialTest(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
        this.anonymous = McpHttp.to(suite.summary().mcp());
    }

    @Test
    void refuses_a_request_without_a_token() {
        refused(anonymous.post(1, "initialize", McpSession.initialization()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dbk_unknown", "dbs_unknown", "garbage", "a.b.c", ""})
    void ends_its_answer_to_a_bad_token_also_where_the_id_is_a_string(String token) {
        var caller = anonymous.with("Authorization", "Bearer " + token);

        refused(caller.post("a-string", "initialize", McpSession.initialization()));
        refused(caller.post("a-string", "tools/list", Map.of()));
        refused(caller.post(7, "initialize", McpSession.initialization()));
    }

    @Test
    void reads_the_whole_of_a_request_whose_token_it_has_not_seen_before() {
        String login = api.loginOf("head-office");
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < NEW_TOKENS; i++) {
            var caller = anonymous.bearer(api.createToken(login, Map.of()).text());
            statuses.addAll(AtOnce.of(AT_ONCE, _ -> initialize(caller)));
        }

        assertThat(statuses).hasSize(NEW_TOKENS * AT_ONCE).containsOnly(200);
    }

    @Test
    void refuses_a_bad_token_where_the_body_is_no_json() {
        refused(anonymous.bearer("dbk_unknown").post("{"));
    }

    @Test
    void refuses_a_session_without_its_token() {
        var session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));

        refused(anonymous.with("Mcp-Session-Id", session.id()).post(1, "tools/list", Map.of()));
    }

    @Test
    void refuses_a_revoked_token_within_a_second() {
        String login = api.loginOf("head-office");
        var token = api.createToken(login, Map.of());
        var session = McpSession.open(suite, token.text());
        assertThat(session.toolNames()).isNotEmpty();

        api.revoke(login, token);

        Awaitility.await("the refusal")
                .atMost(Duration.ofSeconds(1))
                .until(() -> session.http().post(1, "tools/list", Map.of()).statusCode() == 401);
        refused(anonymous.bearer(token.text()).post(1, "initialize", McpSession.initialization()));
    }

    @Test
    void refuses_a_token_once_it_has_expired() {
        String login = api.loginOf("head-office");
        var expiry = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.MILLIS);
        var token = api.createToken(login, Map.of("expiresAt", expiry.toString()));
        var session = McpSession.open(suite, token.text());
        assertThat(session.toolNames()).isNotEmpty();

        Awaitility.await("the refusal")
                .atMost(Duration.between(Instant.now(), expiry).plusSeconds(1))
                .until(() -> session.http().post(1, "tools/list", Map.of()).statusCode() == 401);
        refused(session.http().post(1, "tools/list", Map.of()));
        assertThat(Instant.now()).isAfterOrEqualTo(expiry);
    }

    @Test
    void ends_the_session_of_a_person_who_logs_out() {
        String login = api.loginOf("head-office");
        var session = McpSession.open(suite, login);

        api.auth(login).post("/api/v1/auth/logout").then().statusCode(204);

        Awaitility.await("the refusal")
                .atMost(Duration.ofSeconds(1))
                .until(() -> session.http().post(1, "tools/list", Map.of()).statusCode() == 401);
    }

    @Test
    void refuses_a_token_from_an_address_outside_its_networks() {
        var token =
                api.createToken(
                        api.loginOf("head-office"),
                        Map.of("allowedCidrs", List.of("192.0.2.0/24")));

        refused(anonymous.bearer(token.text()).post(1, "initialize", McpSession.initialization()));
    }

    private static int initialize(McpHttp caller) {
        return caller.post(1, "initialize", McpSession.initialization()).statusCode();
    }

    private static void refused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer");
        assertThat(response.body()).contains("AUTHENTICATION_ERROR");
    }
}
