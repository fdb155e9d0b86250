package dev.drawbridge.gateway.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.http.HttpConfig;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Revocation;

import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.McpLog;
import io.quarkiverse.mcp.server.runtime.ConnectionManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// What a replica does that has a session only in the datastore: here it has just let go of it.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class SessionsTest extends GatewayCase {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private static final List<SessionSubscription> heard = new CopyOnWriteArrayList<>();

    @Inject Sessions sessions;
    @Inject ConnectionManager extension;
    @Inject HttpConfig config;

    private Caller carol;

    @BeforeEach
    void carol() {
        carol = TestCallers.know("carol", Map.of(), "tool:*", "read", "resource:*", "read");
        TestCallers.limited("carol's other", 1_000, 1, carol);
    }

    @Test
    void a_session_that_another_replica_began_goes_on() {
        var client = McpClient.connect(endpoint, "carol");

        sessions.drop(_ -> true);

        assertThat(client.request("tools/list", new JsonObject()).getJsonArray("tools"))
                .isNotEmpty();
        assertThat(client.call("list_connections", new JsonObject()).getBoolean("isError"))
                .isFalse();
    }

    @Test
    void initialized_may_come_to_another_replica_than_initialize() {
        var client = McpClient.connect(endpoint, "carol");
        sessions.drop(_ -> true);

        var answer = client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void another_s_session_reads_like_one_that_never_was() {
        var client = McpClient.connect(endpoint, "carol");
        for (boolean inHand : new boolean[] {true, false}) {
            if (!inHand) {
                sessions.drop(_ -> true);
            }

            HttpResponse<String> foreign = client.as("alice").post(PING);
            HttpResponse<String> made =
                    McpClient.without(endpoint, "alice")
                            .post(PING, Map.of("Mcp-Session-Id", "made up"));

            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(withoutTrace(foreign)).isEqualTo(withoutTrace(made));
            assertThat(client.as("alice").delete().statusCode()).isEqualTo(404);
        }
        assertThat(client.post(PING).statusCode()).isEqualTo(200);
    }

    @Test
    void a_session_of_a_revoked_credential_is_not_found_with_another_one() {
        var client = McpClient.connect(endpoint, "carol");
        assertThat(client.as("carol's other").post(PING).statusCode()).isEqualTo(200);

        announce(Revocation.ofCredential(carol.credential().id()));

        await(
                "the session to be gone",
                () -> client.as("carol's other").post(PING).statusCode() == 404);
        assertThat(client.post(PING).statusCode()).isEqualTo(404);
        assertThat(stored("where credential_id = '%s'".formatted(carol.credential().id())))
                .isZero();
    }

    @Test
    void what_else_changed_of_its_caller_leaves_a_session_to_its_own_credential() {
        var client = McpClient.connect(endpoint, "carol");

        announce(Revocation.ofUser(carol.id()));

        await(
                "the session to be doubted",
                () -> client.as("carol's other").post(PING).statusCode() == 404);
        sessions.drop(_ -> true);
        assertThat(client.as("carol's other").post(PING).statusCode()).isEqualTo(404);
        assertThat(client.post(PING).statusCode()).isEqualTo(200);
    }

    @Test
    void an_ended_session_is_gone_from_memory_and_datastore() {
        var client = McpClient.connect(endpoint, "carol");
        long before = stored("");

        assertThat(client.delete().statusCode()).isEqualTo(200);

        assertThat(client.post(PING).statusCode()).isEqualTo(404);
        assertThat(stored("")).isEqualTo(before - 1);
    }

    @Test
    void however_many_one_begins_there_is_room_for_so_many_and_the_newest_is_one_of_them() {
        var caller = TestCallers.know("greedy", Map.of());
        var first = McpClient.connect(endpoint, "greedy");
        var last =
                IntStream.range(0, config.sessionsPerCaller() + 50)
                        .mapToObj(_ -> McpClient.connect(endpoint, "greedy"))
                        .toList()
                        .getLast();

        assertThat(last.post(PING).statusCode()).isEqualTo(200);
        assertThat(first.post(PING).statusCode()).isEqualTo(404);
        assertThat(stored("where caller_id = '%s'".formatted(caller.id())))
                .isEqualTo(config.sessionsPerCaller());
        assertThat(connections()).isLessThanOrEqualTo(stored(""));
    }

    @Test
    void what_is_no_initialize_makes_no_session_and_leaves_nothing_in_memory() {
        long before = connections();
        var client = McpClient.without(endpoint, "carol");
        List<String> bodies =
                List.of(
                        PING,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}",
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                        "[" + PING + "]",
                        "{broken");

        for (String body : bodies) {
            assertThat(client.post(body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(client.post(PING, Map.of("MCP-Protocol-Version", "1999-01-01")).statusCode())
                .isEqualTo(400);
        assertThat(connections()).isEqualTo(before);
    }

    @Test
    void a_session_in_hand_asks_the_datastore_nothing() throws SQLException {
        var client = McpClient.connect(endpoint, "carol");
        try (Connection other = GatewayDatabases.postgres().connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table gateway.mcp_session in access exclusive mode");

            assertThat(client.post(PING).statusCode()).isEqualTo(200);
            assertThat(client.request("tools/list", new JsonObject()).containsKey("tools"))
                    .isTrue();

            other.rollback();
        }
    }

    @Test
    void what_a_session_was_told_at_one_replica_holds_at_the_next() {
        var client = McpClient.connect(endpoint, "carol");
        heard.clear();
        client.request("logging/setLevel", new JsonObject().put("level", "warning"));
        client.request("resources/subscribe", new JsonObject().put("uri", "test://static-text"));
        client.request("resources/subscribe", new JsonObject().put("uri", "test://static-binary"));
        client.request("resources/unsubscribe", new JsonObject().put("uri", "test://static-text"));
        await("all to be heard", () -> heard.size() == 3);
        heard.clear();

        sessions.drop(_ -> true);
        client.post(PING);

        assertThat(levels()).contains(McpLog.LogLevel.WARNING);
        assertThat(heard)
                .extracting(SessionSubscription::uri)
                .containsExactly("test://static-binary");
    }

    /// Each replica hears of its own changes too, as of another's.
    @Test
    void a_replica_with_the_session_in_hand_hears_what_it_was_told_at_another() {
        var client = McpClient.connect(endpoint, "carol");
        heard.clear();
        client.request(
                "resources/subscribe", new JsonObject().put("uri", "test://watched-resource"));
        client.request(
                "resources/unsubscribe", new JsonObject().put("uri", "test://watched-resource"));

        await("both to be heard", () -> heard.size() == 2);
        assertThat(heard).extracting(SessionSubscription::subscribed).containsExactly(true, false);
    }

    void hear(@Observes SessionSubscription subscription) {
        heard.add(subscription);
    }

    private List<McpLog.LogLevel> levels() {
        return StreamSupport.stream(extension.spliterator(), false)
                .map(McpConnection::logLevel)
                .toList();
    }

    private static String withoutTrace(HttpResponse<String> answer) {
        var problem = new JsonObject(answer.body());
        problem.remove("traceId");
        return problem.encode();
    }

    private static void announce(Revocation revocation) {
        GatewayDatabases.postgres()
                .run(
                        "select pg_notify('%s', '%s')"
                                .formatted(Revocation.CHANNEL, revocation.payload()));
    }

    private static long stored(String condition) {
        return Long.parseLong(
                GatewayDatabases.postgres()
                        .value("select count(*) from gateway.mcp_session " + condition));
    }

    private long connections() {
        return StreamSupport.stream(extension.spliterator(), false).count();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(5)).until(condition);
    }
}
