package dev.drawbridge.gateway.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.StatelessClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.gateway.mcp.conformance.ConformanceTest;
import dev.drawbridge.sql.Db;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Where a call becomes a task soon, as in the official suite's profile.
@QuarkusTest
@TestProfile(ConformanceTest.Anonymous.class)
@WithTestResource(GatewayDatabases.class)
class TasksTest extends GatewayCase {
    /// Three hundred million pairs: seconds, and no function that the guard would refuse.
    private static final String LONG =
            "select count(*) from generate_series(1, 20000) a, generate_series(1, 20000) b"
                    + " where a.a % 7 = b.b % 7 and a.a % 11 = b.b % 13";

    @Inject Db db;

    private StatelessClient client;
    private StatelessClient other;

    @BeforeEach
    void takers() {
        String[] grants = {"connection:" + shop, "read", "tool:*", "read"};
        TestCallers.know("conformance-taker", Map.of("owner", "alice"), grants);
        TestCallers.know("conformance-other", Map.of("owner", "bob"), grants);
        client = StatelessClient.of(endpoint, "conformance-taker").withTasks();
        other = StatelessClient.of(endpoint, "conformance-other").withTasks();
        db.update("delete from gateway.mcp_task");
    }

    @Test
    void a_call_that_takes_long_becomes_a_task_whose_answer_is_there_later() {
        String id = begun(slow(1));

        JsonObject done = ended(id);

        assertThat(done.getString("status")).isEqualTo("completed");
        assertThat(
                        done.getJsonObject("result")
                                .getJsonArray("content")
                                .getJsonObject(0)
                                .getString("text"))
                .isEqualTo("computed here");
    }

    @Test
    void a_client_that_takes_no_tasks_waits_for_its_answer() {
        JsonObject result =
                StatelessClient.of(endpoint, "conformance-taker").request("tools/call", slow(1));
        assertThat(result.getString("resultType")).isEqualTo("complete");
    }

    @Test
    void a_statement_ends_with_its_task() {
        String id = begun(tool("query_database", sql(LONG)));

        assertThat(get(client, id).getString("status")).isEqualTo("working");
        client.request("tasks/cancel", named(id));

        assertThat(ended(id).getString("status")).isEqualTo("cancelled");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !runs("%generate_series(1, 20000) b%"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
    void another_callers_task_is_as_one_that_never_was(String method) {
        String id = begun(slow(2));
        JsonObject foreign = use(other, method, id);
        JsonObject unknown = use(other, method, UUID.randomUUID().toString());

        assertThat(foreign.getJsonObject("error")).isEqualTo(unknown.getJsonObject("error"));
        assertThat(foreign.getJsonObject("error").getInteger("code")).isEqualTo(-32602);
        assertThat(ended(id).getString("status")).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "1-1-1-1-1", "' or true --"})
    void what_is_no_id_names_no_task(String id) {
        assertThat(get(client, id).getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    }

    @Test
    void a_task_whose_questions_are_answered_goes_on() {
        String id = begun(tool("confirm_delete", new JsonObject().put("filename", "f")));
        JsonObject asked = until(id, Set.of("input_required"));
        assertThat(asked.getJsonObject("inputRequests").fieldNames()).containsExactly("confirm");

        JsonObject answer =
                new JsonObject()
                        .put("action", "accept")
                        .put("content", new JsonObject().put("name", "n"));
        assertThat(
                        client.request(
                                        "tasks/update",
                                        named(id)
                                                .put(
                                                        "inputResponses",
                                                        new JsonObject()
                                                                .put("unasked", answer)
                                                                .put("confirm", answer)))
                                .getString("resultType"))
                .isEqualTo("complete");

        assertThat(ended(id).getString("status")).isEqualTo("completed");
    }

    @Test
    void a_task_of_a_replica_that_died_fails_and_says_so() {
        String id = begun(slow(60));
        db.update(
                "update gateway.mcp_task set alive_until = now() - interval '1 second'"
                        + " where id = $1",
                UUID.fromString(id));

        JsonObject failed = get(client, id);

        assertThat(failed.getString("status")).isEqualTo("failed");
        assertThat(failed.getJsonObject("error").getString("message"))
                .startsWith("DATABASE_UNAVAILABLE")
                .contains("has died");
        client.request("tasks/cancel", named(id));
    }

    @Test
    void what_a_task_holds_is_sealed_and_forgotten_in_time() {
        String id = begun(slow(1));
        ended(id);
        String kept =
                db.one(
                                row -> row.getString("content"),
                                "select content from gateway.mcp_task where id = $1",
                                UUID.fromString(id))
                        .orElseThrow();
        assertThat(kept).doesNotContain("computed").doesNotContain("slow_compute");

        db.update("update gateway.mcp_task set expires_at = now() - interval '1 second'");
        assertThat(get(client, id).getJsonObject("error").getInteger("code")).isEqualTo(-32602);
    }

    @Test
    void who_has_too_many_tasks_waits_for_further_answers() {
        for (int one = 0; one < 20; one++) {
            db.update(
                    """
                    insert into gateway.mcp_task
                           (tenant_id, id, caller_id, status, content, expires_at, alive_until)
                    select tenant_id, gen_random_uuid(), caller_id, status, content,
                           now() + interval '1 hour', now() + interval '1 hour'
                      from (select 'default' as tenant_id, $1::uuid as caller_id,
                                   'completed' as status, 'x' as content) one
                    """,
                    UUID.nameUUIDFromBytes("conformance-taker".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(client.request("tools/call", slow(1)).getString("resultType"))
                .isEqualTo("complete");
    }

    private static boolean runs(String statement) {
        try (var connection = GatewayDatabases.postgres().connect();
                var asked =
                        connection.prepareStatement(
                                "select count(*) from pg_stat_activity"
                                        + " where state = 'active' and query like ?"
                                        + " and pid <> pg_backend_pid()")) {
            asked.setString(1, statement);
            try (var found = asked.executeQuery()) {
                return found.next() && found.getInt(1) > 0;
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private String begun(JsonObject call) {
        JsonObject created = client.request("tools/call", call);
        assertThat(created.getString("resultType")).as(created.encode()).isEqualTo("task");
        assertThat(created.getString("status")).isEqualTo("working");
        return created.getString("taskId");
    }

    private JsonObject ended(String id) {
        return until(id, Set.of("completed", "failed", "cancelled"));
    }

    private JsonObject until(String id, Set<String> status) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(client, id), it -> status.contains(it.getString("status")));
    }

    private static JsonObject use(StatelessClient client, String method, String id) {
        return client.request(method, named(id).put("inputResponses", new JsonObject()));
    }

    private static JsonObject get(StatelessClient client, String id) {
        return client.request("tasks/get", named(id));
    }

    private static JsonObject named(String id) {
        return new JsonObject().put("taskId", id);
    }

    private static JsonObject slow(int seconds) {
        return tool("slow_compute", new JsonObject().put("seconds", seconds).put("label", "here"));
    }

    private static JsonObject tool(String name, JsonObject arguments) {
        return new JsonObject().put("name", name).put("arguments", arguments);
    }
}
