package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.OperatedServer;
import dev.drawbridge.gateway.TestCallers;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// Who may write can end a statement that the connection's login may end.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class CancelQueryTest extends OperateCase {
    private static final String WRITER = "canceller";

    @BeforeEach
    void writer() {
        TestCallers.know(WRITER, Map.of("owner", "7"), "connection:*", "write", "tool:*", "read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void a_statement_of_the_login_ends_and_is_on_record_before(String version)
            throws SQLException, InterruptedException {
        OperatedServer server = OperatedServer.of(version);
        try (Connection busy = server.connectAs(AGENT)) {
            int pid = OperateToolsTest.pid(busy);
            var running = OperatedServer.running(busy, "select pg_sleep(60)");
            OperateToolsTest.awaitActive(server, pid);

            JsonObject told = structured(cancel(WRITER, version, pid));

            assertThat(told.getString("outcome")).isEqualTo("ended");
            running.join();
            assertThat(structured(cancel(WRITER, version, pid)).getString("outcome"))
                    .isEqualTo("idle");
            Awaitility.await().until(() -> recorded(pid).equals("tool.intent,tool.call"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void what_the_login_may_not_end_goes_on(String version)
            throws SQLException, InterruptedException {
        OperatedServer server = OperatedServer.of(version);
        try (Connection busy = server.connect()) {
            int pid = OperateToolsTest.pid(busy);
            var running = OperatedServer.running(busy, "select pg_sleep(60)");
            OperateToolsTest.awaitActive(server, pid);

            JsonObject refused = error(cancel(WRITER, version, pid));

            assertThat(refused.getString("detail")).containsIgnoringCase("cancel");
            OperateToolsTest.awaitActive(server, pid);
            server.run("select pg_cancel_backend(" + pid + ")");
            running.join();
        }
    }

    @Test
    void what_is_no_pid_or_time_is_said_and_reaches_nobody()
            throws SQLException, InterruptedException {
        OperatedServer server = OperatedServer.of("newest");
        try (Connection busy = server.connectAs(AGENT)) {
            int pid = OperateToolsTest.pid(busy);
            var running = OperatedServer.running(busy, "select pg_sleep(60)");
            OperateToolsTest.awaitActive(server, pid);
            JsonObject beyond = arguments(on("newest", AGENT), "pid", (1L << 32) + pid);

            assertThat(error(call(WRITER, "cancel_query", beyond)).getString("field"))
                    .isEqualTo("pid");
            JsonObject never =
                    arguments(on("newest", AGENT), "pid", pid, "started", "yesterday, or so");
            assertThat(error(call(WRITER, "cancel_query", never)).getString("field"))
                    .isEqualTo("started");

            OperateToolsTest.awaitActive(server, pid);
            server.run("select pg_cancel_backend(" + pid + ")");
            running.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void another_statement_of_the_session_than_was_meant_goes_on(String version)
            throws SQLException, InterruptedException {
        OperatedServer server = OperatedServer.of(version);
        try (Connection busy = server.connectAs(AGENT)) {
            int pid = OperateToolsTest.pid(busy);
            var running = OperatedServer.running(busy, "select pg_sleep(60)");
            OperateToolsTest.awaitActive(server, pid);

            JsonObject another = cancel(version, pid, "2020-01-01T00:00:00Z");
            OperateToolsTest.awaitActive(server, pid);
            JsonObject meant = cancel(version, pid, started(version, pid));

            assertThat(another.getString("outcome")).isEqualTo("gone");
            assertThat(meant.getString("outcome")).isEqualTo("ended");
            running.join();
        }
    }

    @Test
    void who_may_write_nowhere_does_not_see_the_tool_and_elsewhere_may_not_use_it() {
        String elsewhere = on("oldest", AGENT);
        TestCallers.know(
                "writer elsewhere",
                Map.of(),
                "connection:*",
                "read",
                "connection:" + elsewhere,
                "write",
                "tool:*",
                "read");

        assertThat(cancel(READER, "newest", 1).encode()).contains("Invalid tool name");
        assertThat(error(cancel("writer elsewhere", "newest", 1)).getString("code"))
                .isEqualTo("AUTHORIZATION_ERROR");
    }

    private JsonObject cancel(String version, int pid, String started) {
        var arguments = arguments(on(version, AGENT), "pid", pid, "started", started);
        return structured(call(WRITER, "cancel_query", arguments));
    }

    /// When its statement started, as active_queries tells.
    private String started(String version, int pid) {
        JsonObject active = structured(call(DBA, "active_queries", arguments(on(version, AGENT))));
        return one(active, "queries", "pid", pid).getString("started");
    }

    private JsonObject cancel(String caller, String version, int pid) {
        return call(caller, "cancel_query", arguments(on(version, AGENT), "pid", pid));
    }

    /// What the audit has of the first call that was about a session, in its order.
    private static String recorded(int pid) {
        return GatewayDatabases.postgres()
                .value(
                        """
                        select string_agg(action, ',' order by seq)
                          from (select action, seq from gateway.audit_record
                                 where object = 'tool:cancel_query'
                                   and details::jsonb ->> 'pid' = '%d'
                                 order by seq limit 2) first
                        """
                                .formatted(pid));
    }
}
