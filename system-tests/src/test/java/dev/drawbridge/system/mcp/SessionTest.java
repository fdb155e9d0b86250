package dev.drawbridge.system.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.journey.RetailIdentity;
import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;
import dev.drawbridge.testkit.AtOnce;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// A session id is a name and no capability, and a caller has a bounded number of them.
@WithSuite
class SessionTest {
    private static final int KEPT = 100;
    private static final int BEGUN = 3_000;
    private static final int CLIENTS = 8;

    private final Suite suite;

    SessionTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void is_not_found_with_the_token_of_another_caller() {
        var session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));
        var thief = session.http().bearer(RetailIdentity.STORE_MANAGER.token(suite));

        assertThat(thief.post(1, "tools/list", Map.of()).statusCode()).isEqualTo(404);
        assertThat(thief.delete().statusCode()).isEqualTo(404);
        assertThat(session.toolNames()).isNotEmpty();
    }

    @Test
    void is_not_found_under_a_made_up_id() {
        var session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));

        var made = session.http().with("Mcp-Session-Id", "made-up");

        assertThat(made.post(1, "tools/list", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void ends_when_its_caller_deletes_it() {
        var session = McpSession.open(suite, RetailIdentity.HEAD_OFFICE.token(suite));

        assertThat(session.http().delete().statusCode()).isEqualTo(200);

        assertThat(session.http().post(1, "tools/list", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void are_kept_to_a_hundred_a_caller_and_the_newest_lives() {
        var caller = caller();

        var sessions = open(caller);
        long alive = all(sessions, caller).stream().filter(status -> status == 200).count();

        assertThat(sessions).hasSize(BEGUN).doesNotHaveDuplicates();
        assertThat(alive).isEqualTo(KEPT);
        assertThat(status(caller, initialized(caller))).isEqualTo(200);
    }

    /// Somebody of its own, so that nobody else's sessions are ended.
    private McpHttp caller() {
        var api = new AuthApi(suite);
        var person = api.createPerson(api.admin(), Map.of());
        return McpHttp.to(suite.summary().mcp())
                .bearer(api.login(person.username(), person.password()));
    }

    private static List<String> open(McpHttp caller) {
        return byAll(_ -> initialized(caller));
    }

    private static List<Integer> all(List<String> sessions, McpHttp caller) {
        return byAll(i -> status(caller, sessions.get(i)));
    }

    /// One step for each session, by so many clients at once.
    private static <T> List<T> byAll(IntFunction<T> step) {
        return AtOnce.of(
                        CLIENTS,
                        client ->
                                IntStream.range(0, BEGUN)
                                        .filter(i -> i % CLIENTS == client)
                                        .mapToObj(step)
                                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private static String initialized(McpHttp caller) {
        return caller.post(1, "initialize", McpSession.initialization())
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private static int status(McpHttp caller, String session) {
        return caller.with("Mcp-Session-Id", session).post(1, "ping", Map.of()).statusCode();
    }
}
