package dev.drawbridge.system.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.drawbridge.system.rest.AuthApi;
import dev.drawbridge.system.suite.Nginx;
import dev.drawbridge.system.suite.Replica;
import dev.drawbridge.system.suite.Suite;
import dev.drawbridge.system.suite.WithSuite;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// Two gateways behind nginx's plain round robin are one to a client with a session, until one of
/// them is killed, and then the other is.
@WithSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayReplicasTest {
    /// So that an answer comes to the gateway that asked, and to the other.
    private static final List<String> PERSON =
            List.of("accept", "accept", "accept", "accept", "decline", "cancel");

    private static final String LONG_QUERY =
            "select count(*) from generate_series(1, 12000) a, generate_series(1, 12000) b";

    /// Longer than a call may take before it becomes a task.
    private static final String LONGEST_QUERY =
            "select count(*) from generate_series(1, 40000) a, generate_series(1, 40000) b";

    private final Suite suite;
    private final AuthApi api;
    private final String schema = "replicas_" + UUID.randomUUID().toString().substring(0, 8);
    private String connection;
    private Replica replica;
    private Nginx nginx;
    private final List<JsonNode> stateless = new ArrayList<>();
    private JsonNode seen;

    GatewayReplicasTest(Suite suite) {
        this.suite = suite;
        this.api = new AuthApi(suite);
    }

    @BeforeAll
    void run() throws JsonProcessingException {
        int first = Integer.parseInt(suite.gateway().replaceFirst(".*:", ""));
        replica = Replica.startGateway(suite);
        nginx = Nginx.before(first, replica.port(), "127.0.0.1:" + first);
        suite.server()
                .change(
                        """
                        create schema %1$s;
                        create table %1$s.note (id int);
                        insert into %1$s.note select generate_series(1, 5);
                        grant usage on schema %1$s to %2$s;
                        grant select, delete on %1$s.note to %2$s
                        """
                                .formatted(schema, suite.demo().user()));
        String admin = api.admin();
        var person = api.createPerson(admin, Map.of());
        connection = writable(admin);
        api.allow(admin, person, List.of("connection:" + connection), "write");
        api.allow(admin, person, List.of("tool:*"), "read");
        String token = api.login(person.username(), person.password());
        stateless.add(run("stateless.mjs", token));
        seen = run("replicas.mjs", token);
        stateless.add(run("stateless.mjs", token));
    }

    @AfterAll
    void stop() {
        suite.server().change("drop schema if exists %s cascade".formatted(schema));
        if (connection != null) {
            api.gateway(api.admin()).delete("/api/v1/connections/" + connection);
        }
        if (nginx != null) {
            nginx.close();
        }
        replica.close();
    }

    @Test
    void both_serve_a_session() {
        assertThat(served(seen.path("before"))).isTrue();
        assertThat(nginx.sentTo())
                .anyMatch(address -> address.equals("127.0.0.1:" + replica.port()))
                .anyMatch(address -> suite.gateway().endsWith(address));
    }

    @Test
    void a_person_is_asked_and_answers_over_whichever_gateway() {
        assertThat(texts(seen.path("outcomes")))
                .containsExactly(
                        "committed", "committed", "committed", "committed", "declined", "declined");
        assertThat(texts(seen.path("questions")))
                .hasSize(PERSON.size())
                .allMatch(question -> question.contains("delete from " + schema + ".note"));
    }

    @Test
    void a_client_that_cannot_be_asked_gets_a_confirmation_to_send_back() {
        assertThat(seen.path("unasked").asText()).isEqualTo("confirmation_required");
    }

    @Test
    void what_a_killed_gateway_ran_is_an_error_that_says_what_to_do() {
        var lost =
                StreamSupport.stream(seen.path("calls").spliterator(), false)
                        .filter(call -> call.path("status").asText().equals("rejected"))
                        .toList();

        assertThat(seen.path("calls")).hasSize(2);
        assertThat(lost).as(seen.toString()).hasSize(1);
        assertThat(lost.getFirst().path("reason").asText())
                .contains("UPSTREAM_ERROR", "may be sent again", "look first");
    }

    @Test
    void sessions_go_on_at_the_gateway_that_is_left() {
        assertThat(served(seen.path("after"))).isTrue();
        assertThat(served(seen.path("muteAfter"))).isTrue();
    }

    @Test
    void who_has_no_session_is_served_by_both_and_then_by_the_one_that_is_left() {
        assertThat(stateless)
                .hasSize(2)
                .allSatisfy(client -> {
                    assertThat(served(client.path("uses"))).isTrue();
                    assertThat(texts(client.path("outcomes"))).hasSize(6).containsOnly("committed");
                    assertThat(client.path("questions").asInt()).isEqualTo(6);
                    assertThat(texts(client.path("task"))).containsExactly("working", "cancelled");
                });
    }

    private String writable(String admin) {
        var wanted = suite.demo().asConnection();
        wanted.put("allowWrites", true);
        return api.gateway(admin)
                .body(wanted)
                .post("/api/v1/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private JsonNode run(String client, String token) throws JsonProcessingException {
        OfficialClient.install();
        return new JsonMapper()
                .readTree(OfficialClient.node("node", client).output(environment(token)));
    }

    private Map<String, String> environment(String token) {
        return Map.of(
                "DRAWBRIDGE_MCP",
                nginx.url() + "/mcp/v1",
                "DRAWBRIDGE_TOKEN",
                token,
                "DRAWBRIDGE_CONNECTION",
                connection,
                "DRAWBRIDGE_ANSWERS",
                String.join(",", PERSON),
                "DRAWBRIDGE_WRITE",
                "delete from " + schema + ".note",
                "DRAWBRIDGE_LONG_QUERY",
                LONG_QUERY,
                "DRAWBRIDGE_LONGEST_QUERY",
                LONGEST_QUERY,
                "DRAWBRIDGE_REPLICA_PID",
                Long.toString(replica.pid()));
    }

    private static boolean served(JsonNode uses) {
        return uses.size() == 6
                && StreamSupport.stream(uses.spliterator(), false)
                        .allMatch(use ->
                                use.path("tools").asInt() > 0
                                        && use.path("connections").asInt() == 1);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }
}
