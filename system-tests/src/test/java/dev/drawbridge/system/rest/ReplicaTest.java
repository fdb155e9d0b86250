package dev.drawbridge.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.mcp.McpSession;
import dev.drawbridge.system.suite.Replica;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Two auth-services on one datastore are one: what is done at either holds at the other.
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicaTest {
    private static final int FAILURES_UNTIL_LOCKED = 10;

    /// Longer than replicas take to learn of a key (15 s), shorter than a test may take.
    private static final Duration PUBLISH_AHEAD = Duration.ofSeconds(25);

    private final Suite suite;
    private final AuthApi first;
    private AuthApi second;
    private Replica replica;

    ReplicaTest(Suite suite) {
        this.suite = suite;
        this.first = new AuthApi(suite);
    }

    @BeforeAll
    void start() {
        replica =
                Replica.start(
                        suite,
                        Map.of("auth.signing.publish-ahead", PUBLISH_AHEAD.toSeconds() + "s"));
        second = new AuthApi(suite, replica.url());
    }

    @AfterAll
    void stop() {
        replica.close();
    }

    @Test
    void a_session_of_either_serves_and_ends_at_both() {
        String ofFirst = first.loginOf("head-office");
        String ofSecond = second.loginOf("head-office");

        for (String session : List.of(ofFirst, ofSecond)) {
            assertThat(List.of(me(first, session), me(second, session))).containsOnly(200);
        }
        second.auth(ofFirst).post("/api/v1/auth/logout").then().statusCode(204);
        first.auth(ofSecond).post("/api/v1/auth/logout").then().statusCode(204);

        for (String session : List.of(ofFirst, ofSecond)) {
            assertThat(List.of(me(first, session), me(second, session))).containsOnly(401);
        }
    }

    @Test
    void failures_count_together_and_a_lock_holds_and_ends_at_both() {
        String admin = first.admin();
        var person = first.createPerson(admin, Map.of());

        for (int i = 0; i < FAILURES_UNTIL_LOCKED; i++) {
            assertThat(tryLogin(i % 2 == 0 ? first : second, person, "a wrong password"))
                    .isEqualTo(401);
        }

        assertThat(tryLogin(first, person, person.password())).isEqualTo(429);
        assertThat(tryLogin(second, person, person.password())).isEqualTo(429);
        second.auth(admin).post("/api/v1/users/" + person.id() + "/unlock").then().statusCode(204);
        assertThat(tryLogin(first, person, person.password())).isEqualTo(200);
        assertThat(tryLogin(second, person, person.password())).isEqualTo(200);
    }

    @Test
    void a_rate_is_one_for_both() {
        String session = first.loginOf("head-office");
        var limit = Map.of("rateLimit", Map.of("requests", 4, "perSeconds", 3_600));
        String token = first.createToken(session, limit).text();

        for (AuthApi api : List.of(first, second, first, second)) {
            assertThat(me(api, token)).isEqualTo(200);
        }

        assertThat(List.of(me(first, token), me(second, token))).containsOnly(429);
    }

    @Test
    void a_token_that_one_revokes_is_refused_by_the_other_and_by_the_gateway_within_a_second() {
        String session = first.loginOf("head-office");
        var token = first.createToken(session, Map.of());
        var client = McpSession.open(suite, token.text());
        assertThat(client.toolNames()).isNotEmpty();
        assertThat(me(first, token.text())).isEqualTo(200);

        second.revoke(session, token);

        Awaitility.await("the gateway's refusal")
                .atMost(Duration.ofSeconds(1))
                .until(() -> client.http().post(1, "tools/list", Map.of()).statusCode() == 401);
        assertThat(List.of(me(first, token.text()), me(second, token.text()))).containsOnly(401);
    }

    @Test
    void what_either_signs_both_take_before_while_and_after_one_rotates_the_key() {
        String session = first.loginOf("head-office");
        String old = second.exchange(session);
        requireTaken(first.exchange(session), old);

        String successor =
                second.auth(first.admin())
                        .post("/api/v1/auth/keys/rotate")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("kid");

        assertThat(header(old)).doesNotContain(successor);
        Awaitility.await("the new key to sign at both")
                .atMost(PUBLISH_AHEAD.multipliedBy(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    List<String> now = List.of(first.exchange(session), second.exchange(session));
                    requireTaken(now.get(0), now.get(1));
                    return now.stream().allMatch(jwt -> header(jwt).contains(successor));
                });
        requireTaken(old, old);
    }

    private void requireTaken(String... accessTokens) {
        for (String jwt : accessTokens) {
            assertThat(List.of(me(first, jwt), me(second, jwt))).as(header(jwt)).containsOnly(200);
        }
    }

    private static int me(AuthApi api, String credential) {
        return api.auth(credential).get("/api/v1/auth/me").statusCode();
    }

    private static int tryLogin(AuthApi api, AuthApi.Person person, String password) {
        return api.anonymous()
                .body(Map.of("username", person.username(), "password", password))
                .post("/api/v1/auth/login")
                .statusCode();
    }

    private static String header(String jwt) {
        return new String(
                Base64.getUrlDecoder().decode(jwt.substring(0, jwt.indexOf('.'))),
                StandardCharsets.UTF_8);
    }
}
