package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.OperatedServer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What a reader is not told: texts of others, and numbers of a table whose rows are hidden. The
/// table has 12,345 rows, and more than any other of its kind in nothing.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class OperateReaderTest extends OperateCase {
    private static final String HIDDEN = "ops.hidden";

    private static final List<String> TOOLS =
            List.of(
                    "active_queries",
                    "bloat",
                    "database_health",
                    "extensions",
                    "index_stats",
                    "locks_and_blockers",
                    "long_transactions",
                    "replication_status",
                    "roles",
                    "security_advice",
                    "settings",
                    "sizes",
                    "table_stats",
                    "vacuum_health",
                    "wraparound");

    @ParameterizedTest
    @CsvSource({"oldest,agent", "oldest,monitor", "newest,agent", "newest,monitor"})
    void every_tool_answers_a_reader_in_little_text(String version, String login) {
        for (String tool : TOOLS) {
            JsonObject answer = call(READER, tool, arguments(on(version, login)));

            assertThat(structured(answer).encode()).as(tool).doesNotContainPattern("\\b12345\\b");
            assertThat(text(answer).length()).as(tool).isBetween(20, 20_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void numbers_of_a_table_with_hidden_rows_are_left_out_and_it_is_said(String version) {
        JsonObject stats = read(version, "table_stats", "schema", "ops", "table", "hidden");
        JsonObject table = one(stats, "tables", "table", HIDDEN);
        assertThat(table.fieldNames()).isSubsetOf("table", "vacuumed", "analyzed", "read");
        assertThat(stats.getString("leftOut")).contains("1 table", "admin on the database");

        assertThat(list(read(version, "sizes", "limit", 100), "tables"))
                .noneMatch(it -> it.getString("table").equals(HIDDEN));
        assertThat(
                        one(
                                        read(version, "index_stats", "limit", 100),
                                        "unused",
                                        "index",
                                        "ops.hidden_owner")
                                .containsKey("sizeBytes"))
                .isFalse();
        assertThat(read(version, "database_health").getString("leftOut")).contains("admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void an_administrator_is_told_them(String version) {
        JsonObject stats = told(version, "table_stats", "schema", "ops", "table", "hidden");

        assertThat(one(stats, "tables", "table", HIDDEN).getLong("inserts")).isEqualTo(12_345);
        assertThat(stats.containsKey("leftOut")).isFalse();
        one(told(version, "sizes", "limit", 100), "tables", "table", HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void texts_of_others_are_left_out_and_it_is_said(String version)
            throws SQLException, InterruptedException {
        OperatedServer server = OperatedServer.of(version);
        try (Connection busy = server.connectAs(MONITOR)) {
            int pid = OperateToolsTest.pid(busy);
            var running = OperatedServer.running(busy, "select pg_sleep(60), 'to be hidden'");
            OperateToolsTest.awaitActive(server, pid);

            JsonObject query =
                    one(read(version, "active_queries", "literals", true), "queries", "pid", pid);

            assertThat(query.containsKey("query")).isFalse();
            assertThat(read(version, "active_queries").getString("summary"))
                    .contains("Left out: statement texts");
            server.run("select pg_cancel_backend(" + pid + ")");
            running.join();
        }
    }

    private JsonObject read(String version, String tool, Object... arguments) {
        return structured(call(READER, tool, arguments(on(version, MONITOR), arguments)));
    }
}
