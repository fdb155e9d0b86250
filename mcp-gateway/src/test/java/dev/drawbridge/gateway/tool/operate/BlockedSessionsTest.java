package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.OperatedServer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.Connection;
import java.sql.SQLException;

/// Three sessions in a chain: the first blocks the second, the second the third.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class BlockedSessionsTest extends OperateCase {
    @ParameterizedTest
    @CsvSource({"oldest,agent", "oldest,monitor", "newest,agent", "newest,monitor"})
    void a_chain_is_a_tree_with_the_one_who_waits_for_nobody_first(String version, String login)
            throws SQLException, InterruptedException {
        OperatedServer server = OperatedServer.of(version);
        try (Connection first = server.connect();
                Connection second = server.connect();
                Connection third = server.connect()) {
            first.setAutoCommit(false);
            first.createStatement().execute("update ops.account set region = 1 where id = 1");
            second.setAutoCommit(false);
            second.createStatement().execute("update ops.account set region = 2 where id = 2");
            var waiting =
                    OperatedServer.running(
                            second, "update ops.account set owner = 'mine' where id = 1");
            server.awaitWaiting(1);
            var last = OperatedServer.running(third, "delete from ops.account where id = 2");
            server.awaitWaiting(2);

            JsonObject answer = call(DBA, "locks_and_blockers", arguments(on(version, login)));

            JsonObject told = structured(answer);
            assertThat(told.getInteger("waiting")).isEqualTo(2);
            JsonObject root = one(told, "roots", _ -> true);
            assertThat(root.getInteger("pid")).isEqualTo(OperateToolsTest.pid(first));
            JsonObject middle = one(root, "blocks", _ -> true);
            assertThat(middle.getString("waitsFor")).isEqualTo("ShareLock");
            assertThat(one(middle, "blocks", _ -> true).getLong("waitsSeconds")).isBetween(0L, 60L);
            assertThat(text(answer)).contains("1 root", "\npid ", "\n  pid ", "\n    pid ");
            if (login.equals(MONITOR)) {
                assertThat(root.getString("state")).isEqualTo("idle in transaction");
                assertThat(middle.getString("query"))
                        .isEqualTo("update ops.account set owner = ? where id = ?");
            }
            first.rollback();
            waiting.join();
            second.rollback();
            last.join();
        }
    }

    @ParameterizedTest
    @CsvSource({"oldest", "newest"})
    void a_locked_table_says_on_what_and_holds_up_no_other_tool(String version)
            throws SQLException {
        OperatedServer server = OperatedServer.of(version);

        server.blocked(() -> {
            JsonObject root = one(told(version, "locks_and_blockers"), "roots", _ -> true);
            JsonObject waiting = one(root, "blocks", _ -> true);

            assertThat(root.getString("holds")).contains("AccessExclusiveLock on stock.item");
            assertThat(waiting.getString("on")).isEqualTo("stock.item");
            assertThat(waiting.getString("waitsFor")).isEqualTo("AccessShareLock");
            assertThat(told(version, "sizes").getInteger("locked")).isPositive();
            told(version, "table_stats");
            told(version, "database_health");
        });

        assertThat(told(version, "locks_and_blockers").getInteger("waiting")).isZero();
    }
}
