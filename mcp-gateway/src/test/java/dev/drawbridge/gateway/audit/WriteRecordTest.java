package dev.drawbridge.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.audit.AuditProof;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.McpClient;
import dev.drawbridge.gateway.WriteCase;
import dev.drawbridge.sql.SecretBox;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class WriteRecordTest extends WriteCase {
    @Inject SecretBox secrets;

    @Test
    void a_write_is_on_record_while_it_still_runs() throws Exception {
        try (var holder = GatewayDatabases.postgres().connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table till.line in access exclusive mode");
            var running =
                    CompletableFuture.supplyAsync(
                            () -> execute("alice", "insert into till.line values ('blocked one')"));

            JsonObject intent =
                    awaitRecord(
                            "action = 'tool.intent' and statement like 'insert into till.line%'");
            assertThat(intent.getString("outcome")).isEqualTo("PENDING");
            assertThat(intent.getString("object")).isEqualTo("tool:execute_sql");
            assertThat(intent.getString("connection")).isEqualTo(till);
            assertThat(intent.getString("username")).isEqualTo("alice");
            assertThat(String.valueOf(intent.getValue("rls"))).contains("alice");
            assertThat(running).isNotDone();
            // What a gateway leaves that is killed by now.
            assertThat(unfinished()).contains(place(intent));
            assertThat(outcomes(intent)).isEmpty();

            holder.rollback();
            structured(running.join());
            JsonObject outcome = awaitRecord(naming(intent));
            assertThat(unfinished()).doesNotContain(place(intent));
            assertThat(outcome.getString("outcome")).isEqualTo("OK");
            assertThat(details(outcome).getInteger("affectedRows")).isEqualTo(1);
            assertThat(details(outcome).getBoolean("committed")).isTrue();
            assertThat(records("true").encode()).doesNotContain("blocked one");
        }
    }

    @Test
    void nothing_runs_that_cannot_be_recorded() throws Exception {
        run("alter table gateway.audit_record rename to audit_record_away");
        try {
            JsonObject error = error(execute("alice", "insert into till.line values ('unseen')"));
            assertThat(error.getString("code")).isEqualTo("DATABASE_UNAVAILABLE");
            assertThat(stored("select * from till.line")).isEqualTo("[]");
        } finally {
            run("alter table gateway.audit_record_away rename to audit_record");
        }
        structured(execute("alice", "insert into till.line values ('seen')"));
    }

    @Test
    void what_was_asked_tried_refused_or_failed_is_told() {
        structured(execute("alice", "delete from till.line asked"));
        structured(execute("alice", onTill("delete from till.line tried").put("dry_run", true)));
        structured(execute("alice", "update till.big counted set n = 1 where id > 0"));
        error(execute("alice", "insert into till.sale as failed values (1, 'alice', 1)"));
        error(execute("alice", "truncate till.sale, till.refused"));

        JsonObject asked = awaitRecord("statement like 'delete from till.line asked%'");
        assertThat(details(asked).encode()).isEqualTo("{\"confirmation\":\"asked\"}");
        JsonObject tried = awaitCall("delete from till.line tried%");
        assertThat(details(tried).getBoolean("dryRun")).isTrue();
        assertThat(details(tried).getBoolean("committed")).isFalse();
        JsonObject counted = awaitCall("update till.big counted%");
        assertThat(details(counted).getString("confirmation")).isEqualTo("asked");
        assertThat(details(counted).getBoolean("committed")).isFalse();
        assertThat(details(counted).getInteger("affectedRows")).isEqualTo(3000);
        JsonObject failed = awaitCall("insert into till.sale as failed%");
        assertThat(failed.getString("outcome")).isEqualTo("DATABASE_ERROR");
        assertThat(details(failed).getBoolean("committed")).isFalse();
        JsonObject refused = awaitRecord("statement like 'truncate till.sale, till.refused%'");
        assertThat(refused.getString("outcome")).isEqualTo("QUERY_REJECTED");
        assertThat(records("action = 'tool.intent' and statement like '%till.refused%'")).isEmpty();
    }

    @Test
    void a_client_that_hangs_up_leaves_nothing_and_that_is_told() throws Exception {
        hangUpDuring("insert into till.line select 'left' from pg_sleep(1.5) hungup");

        JsonObject record = awaitCall("%hungup%");
        assertThat(record.getString("outcome")).isEqualTo("QUERY_CANCELLED");
        assertThat(details(record).getBoolean("committed")).isFalse();
        assertThat(stored("select * from till.line")).isEqualTo("[]");
    }

    @Test
    void a_commit_that_nobody_heard_of_is_on_record_as_unknown() throws Exception {
        run("alter role teller set synchronous_commit = on");
        run("alter system set synchronous_standby_names = 'away'");
        run("select pg_reload_conf()");
        try {
            run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'teller'");
            structuredOrNot(execute("alice", "select 1"));
            var running =
                    CompletableFuture.supplyAsync(() ->
                            execute("alice", "insert into till.line as unknown values ('?')"));
            Awaitility.await()
                    .until(() ->
                            stored(
                                            "select 1 as x from pg_stat_activity where usename ="
                                                    + " 'teller' and query = 'COMMIT' and state ="
                                                    + " 'active'")
                                    .contains("1"));
            run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'teller'");

            JsonObject error = error(running.join());
            assertThat(error.getString("code")).isEqualTo("DATABASE_UNAVAILABLE");
            assertThat(error.getString("detail")).contains("whether it was is not known");
        } finally {
            run("alter system reset synchronous_standby_names");
            run("select pg_reload_conf()");
        }
        JsonObject record = awaitCall("insert into till.line as unknown%");
        assertThat(details(record).getString("committed")).isEqualTo("unknown");
    }

    private void hangUpDuring(String sql) throws IOException {
        String body =
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", 1)
                        .put("method", "tools/call")
                        .put(
                                "params",
                                new JsonObject()
                                        .put("name", "execute_sql")
                                        .put("arguments", onTill(sql)))
                        .encode();
        String message = McpClient.connect(endpoint, "alice").raw(body);
        try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            awaitRecord("action = 'tool.intent' and statement like '%hungup%'");
        }
    }

    private static void structuredOrNot(JsonObject result) {
        assertThat(result.containsKey("structuredContent")).isTrue();
    }

    private static JsonObject awaitCall(String statement) {
        return awaitRecord("action = 'tool.call' and statement like '" + statement + "'");
    }

    private static String naming(JsonObject intent) {
        return "action = 'tool.call' and details::jsonb ->> 'intent' = '" + place(intent) + "'";
    }

    private static String place(JsonObject intent) {
        return "gateway/" + intent.getInteger("chain") + '/' + intent.getLong("seq");
    }

    private List<String> unfinished() throws SQLException {
        try (var connection = GatewayDatabases.postgres().connect()) {
            return AuditProof.of(connection, secrets, List.of(), "gateway").unfinished();
        }
    }

    private static JsonArray outcomes(JsonObject intent) {
        return records(naming(intent));
    }
}
