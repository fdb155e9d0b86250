package dev.drawbridge.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.audit.AuditProof;
import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class ToolCallTrailTest extends GatewayCase {
    @Inject ToolCallTrail trail;
    @Inject SecretBox secrets;

    @Test
    void a_call_is_recorded_with_who_where_and_what_and_no_value() {
        query(
                "alice",
                "select 'a very special text', owner as own from shop.item where id in (2, 4)");

        JsonObject record =
                await("object = 'tool:query_database' and statement like '%owner as own from%'");

        UUID alice =
                UUID.nameUUIDFromBytes("alice".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(record.getString("user_id")).isEqualTo(alice.toString());
        assertThat(record.getString("username")).isEqualTo("alice");
        assertThat(record.getString("credential_type")).isEqualTo("api_token");
        assertThat(record.getString("credential_id")).isEqualTo(alice.toString());
        assertThat(record.getString("tenant")).isEqualTo("default");
        assertThat(record.getString("client")).isEqualTo("127.0.0.1");
        assertThat(record.getString("connection")).isEqualTo(shop);
        assertThat(record.getString("database")).isEqualTo("postgres");
        assertThat(new JsonObject(record.getString("rls")).encode())
                .contains("\"alice\"", "claims");
        assertThat(record.getString("action")).isEqualTo("tool.call");
        assertThat(record.getString("outcome")).isEqualTo("OK");
        assertThat(record.getString("statement"))
                .isEqualTo("select ?, owner as own from shop.item where id in (?, …)");
        assertThat(record.getInteger("rows")).isEqualTo(2);
        assertThat(record.getInteger("bytes")).isPositive();
        assertThat(record.getInteger("duration_us")).isPositive();
        assertThat(everything()).doesNotContain("a very special text");
    }

    @Test
    void a_refused_call_is_recorded_with_its_code() {
        error(query("alice", "delete from shop.item refused where id = 424242"));

        JsonObject record = await("statement like 'delete from shop.item refused%'");

        assertThat(record.getString("outcome")).isEqualTo("QUERY_REJECTED");
        assertThat(record.getString("statement"))
                .isEqualTo("delete from shop.item refused where id = ?");
    }

    @Test
    void a_call_of_what_is_no_tool_is_recorded_once_a_minute() {
        for (int i = 0; i < 3; i++) {
            call("alice", "drop_everything", new JsonObject());
        }

        JsonObject record = await("object = 'tool:drop_everything'");

        assertThat(record.getString("outcome")).isEqualTo("NOT_FOUND");
        assertThat(record.getString("username")).isEqualTo("alice");
        assertThat(records("object = 'tool:drop_everything'")).hasSize(1);
    }

    @Test
    void a_tool_that_the_caller_may_not_call_is_recorded_as_one_that_is_not_there() {
        TestCallers.know("toolless", Map.of(), "connection:" + shop, "read");
        call("toolless", "query_database", sql("select 'not for me'"));

        JsonObject record = await("username = 'toolless'");

        assertThat(record.getString("action")).isEqualTo("tool.call");
        assertThat(record.getString("object")).isEqualTo("tool:query_database");
        assertThat(record.getString("outcome")).isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "[%s]"})
    void a_call_alone_or_in_a_batch_is_recorded_with_the_trace_of_its_request(String form) {
        String trace = UUID.randomUUID().toString();
        String message =
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", 1)
                        .put("method", "tools/call")
                        .put(
                                "params",
                                new JsonObject()
                                        .put("name", "query_database")
                                        .put("arguments", sql("select 'traced'")))
                        .encode();
        McpClient.connect(endpoint, "alice", "2025-03-26")
                .post(
                        form.formatted(message),
                        Map.of(
                                "traceparent",
                                "00-" + trace.replace("-", "") + "-b7ad6b7169203331-01"));

        assertThat(await("trace = '" + trace + "'").getString("object"))
                .isEqualTo("tool:query_database");
    }

    @Test
    void a_text_that_is_no_sql_leaves_nothing_of_itself() {
        TestCallers.know("mumbler", Map.of(), "connection:" + shop, "read", "tool:*", "read");
        error(query("mumbler", "select 'unfinished secret"));

        JsonObject record = await("username = 'mumbler' and outcome = 'QUERY_REJECTED'");

        assertThat(record.getString("statement")).isNull();
        assertThat(everything()).doesNotContain("unfinished secret");
    }

    @Test
    void a_call_that_writes_is_committed_before_it_runs_and_completed_after() throws Exception {
        var call =
                new ToolCallRecord(
                        TestCallers.know("writer", Map.of()),
                        "192.0.2.7",
                        "execute_statement",
                        new JsonObject().put("sql", "update shop.item set price = 99"),
                        new Reach(null));

        trail.begin(call).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);

        JsonObject before = one("action = 'tool.intent' and username = 'writer'");
        assertThat(before.getString("outcome")).isEqualTo("PENDING");
        assertThat(before.getString("statement")).isEqualTo("update shop.item set price = ?");
        String place = "gateway/" + before.getInteger("chain") + "/" + before.getLong("seq");
        assertThat(unfinished()).contains(place);

        trail.add(call, new ToolCallRecord.Outcome("OK", 1, 2, System.nanoTime()));

        JsonObject after = await("action = 'tool.call' and username = 'writer'");
        assertThat(new JsonObject(after.getString("details")).getString("intent")).isEqualTo(place);
        assertThat(unfinished()).doesNotContain(place);
    }

    @Test
    void changes_of_connections_are_recorded_with_before_and_after_and_no_password() {
        JsonObject made =
                one("action = 'connection.create' and object = 'connection:" + shop + "'");
        var after = new JsonObject(made.getString("details")).getJsonObject("after");
        assertThat(after.getString("name")).isNotBlank();
        assertThat(made.getString("client")).isEqualTo("127.0.0.1");
        assertThat(everything()).doesNotContain("agent-secret", "sealedPassword");
    }

    @Test
    void what_was_recorded_is_proved() throws SQLException {
        query("alice", "select 1 as proved");
        await("statement like '%as proved'");

        try (var connection = GatewayDatabases.postgres().connect()) {
            var report = AuditProof.of(connection, secrets, List.of(), "gateway");
            assertThat(report.findings()).isEmpty();
            assertThat(report.proved()).isPositive();
        }
    }

    private List<String> unfinished() throws SQLException {
        try (var connection = GatewayDatabases.postgres().connect()) {
            return AuditProof.of(connection, secrets, List.of(), "gateway").unfinished();
        }
    }

    private static JsonObject await(String condition) {
        return Awaitility.await(condition)
                .atMost(Duration.ofSeconds(10))
                .until(() -> records(condition), found -> !found.isEmpty())
                .getJsonObject(0);
    }

    private static JsonObject one(String condition) {
        JsonArray found = records(condition);
        assertThat(found).as(condition).isNotEmpty();
        return found.getJsonObject(0);
    }

    private static String everything() {
        return records("true").encode();
    }

    private static JsonArray records(String condition) {
        try (var connection = GatewayDatabases.postgres().connect();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select coalesce(json_agg(v), '[]') from gateway.audit_v1 v where "
                                        + condition)) {
            found.next();
            return new JsonArray(found.getString(1));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
