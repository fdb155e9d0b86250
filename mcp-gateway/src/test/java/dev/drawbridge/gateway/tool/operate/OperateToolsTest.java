package dev.drawbridge.gateway.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.OperatedServer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.SQLException;

/// What the tools tell of a server, against what SQL by hand tells.
@QuarkusTest
@WithTestResource(GatewayDatabases.class)
class OperateToolsTest extends OperateCase {
    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void active_queries_run_now_and_have_no_values_in_their_texts(String version)
            throws SQLException {
        OperatedServer server = OperatedServer.of(version);
        try (Connection busy = server.connect()) {
            int pid = pid(busy);
            var running =
                    OperatedServer.running(
                            busy, "select 'a secret' from pg_sleep(60) where 17 = 17");
            awaitActive(server, pid);

            JsonObject query = one(told(version, "active_queries"), "queries", "pid", pid);
            JsonObject whole =
                    one(told(version, "active_queries", "literals", true), "queries", "pid", pid);

            assertThat(query.getString("role")).isEqualTo("postgres");
            assertThat(query.getString("query")).isEqualTo("select ? from pg_sleep(?) where ? = ?");
            assertThat(whole.getString("query")).contains("'a secret'");
            server.run("select pg_cancel_backend(" + pid + ")");
            running.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void long_transactions_are_open_prepared_ones_too(String version) throws SQLException {
        OperatedServer server = OperatedServer.of(version);
        try (Connection idle = server.connect();
                Connection prepared = server.connect()) {
            idle.setAutoCommit(false);
            idle.createStatement().execute("insert into ops.heap_only values (1)");
            prepared.setAutoCommit(false);
            prepared.createStatement().execute("insert into ops.heap_only values (2)");
            prepared.createStatement().execute("prepare transaction 'forgotten'");
            try {
                JsonObject told = told(version, "long_transactions", "min_seconds", 0);

                JsonObject open = one(told, "transactions", "pid", pid(idle));
                assertThat(open.getString("state")).isEqualTo("idle in transaction");
                assertThat(open.getBoolean("hasWritten")).isTrue();
                assertThat(open.getLong("openSeconds")).isBetween(0L, 60L);
                assertThat(one(told, "prepared", "gid", "forgotten").getString("role"))
                        .isEqualTo("postgres");
                assertThat(told.getString("summary")).contains("Idle in transaction: ");
            } finally {
                idle.rollback();
                server.run("rollback prepared 'forgotten'");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void table_stats_are_the_counters_of_the_server(String version) {
        JsonObject told = told(version, "table_stats", "schema", "ops", "order_by", "dead");

        JsonObject first = list(told, "tables").getFirst();
        assertThat(first.getString("table")).isEqualTo("ops.dead");
        String row = " from pg_stat_user_tables where relid = 'ops.dead'::regclass";
        assertThat(first.getLong("rows")).isEqualTo(number(version, "select n_live_tup" + row));
        assertThat(first.getLong("inserts")).isEqualTo(number(version, "select n_tup_ins" + row));
        assertThat(first.getLong("sizeBytes"))
                .isEqualTo(number(version, "select pg_total_relation_size('ops.dead')"));
        assertThat(list(told(version, "table_stats", "table", "DEA"), "tables")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void bloat_is_what_rows_do_not_need_beyond_the_fillfactor(String version) {
        JsonObject told = told(version, "bloat", "min_mb", 0);

        JsonObject dead = one(told, "tables", "table", "ops.dead");
        assertThat(dead.getDouble("bloatPercent")).isBetween(65.0, 80.0);
        assertThat(list(told, "tables"))
                .noneMatch(table -> table.getString("table").equals("ops.filled"));
        assertThat(list(told(version, "bloat"), "tables")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void bloat_is_never_more_than_there_is(String version) {
        OperatedServer server = OperatedServer.of(version);
        server.run(
                """
                set allow_system_table_mods = on;
                update pg_class set relpages = 1000000
                 where oid in ('ops.account'::regclass, 'ops.account_region_owner'::regclass);
                """);

        JsonObject told = told(version, "bloat", "min_mb", 0);

        JsonObject account = one(told, "tables", "table", "ops.account");
        assertThat(account.getLong("bloatBytes")).isEqualTo(account.getLong("sizeBytes"));
        assertThat(
                        one(told, "indexes", "index", "ops.account_region_owner")
                                .getLong("bloatPercent"))
                .isEqualTo(100);
        server.run("analyze ops.account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void vacuum_health_names_what_is_due_and_what_holds_it_back(String version) {
        JsonObject told = told(version, "vacuum_health");

        JsonObject dead = one(told, "due", "table", "ops.dead");
        assertThat(dead.getLong("deadRows")).isEqualTo(15_000);
        assertThat(dead.getBoolean("autovacuumOff")).isTrue();
        one(told, "heldBackBy", "holder", "replication slot left_behind_logical");
        assertThat(told.getString("summary")).startsWith("Autovacuum: does not work");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void wraparound_counts_from_the_oldest_transaction(String version) {
        JsonObject told = told(version, "wraparound");

        long age = one(told, "databases", "database", "postgres").getLong("xidAge");
        assertThat(age)
                .isBetween(
                        1L, number(version, "select age(datfrozenxid) from pg_database limit 1"));
        assertThat(list(told, "oldestTables")).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void replication_status_names_slots_that_nobody_uses(String version) {
        JsonObject told = told(version, "replication_status");

        JsonObject slot = one(told, "slots", "slot", "left_behind_logical");
        assertThat(slot.getBoolean("active")).isFalse();
        assertThat(slot.getLong("retainedBytes")).isPositive();
        assertThat(told.getString("summary")).contains("Nobody uses 2 slots");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void settings_extensions_and_roles_are_those_of_the_server(String version) {
        JsonObject level = one(told(version, "settings", "name", "WAL_LEV"), "settings", _ -> true);
        assertThat(level.getString("value")).isEqualTo("logical");
        assertThat(level.getString("default")).isEqualTo("replica");
        assertThat(level.getString("needs")).isEqualTo("restart");

        JsonObject hstore = one(told(version, "extensions"), "installed", "extension", "hstore");
        assertThat(hstore.getString("version")).isEqualTo("1.7");
        assertThat(hstore.getString("newer")).isEqualTo("1.8");

        JsonObject roles = told(version, "roles", "risky", true);
        assertThat(one(roles, "roles", "role", "risky").getString("riskyRights"))
                .contains("bypasses row-level security", "makes roles");
        assertThat(list(roles, "roles")).noneMatch(it -> it.getString("role").equals("team"));
        assertThat(
                        one(told(version, "roles"), "roles", "role", "agent")
                                .getJsonArray("memberOf")
                                .contains("team"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void sizes_are_those_of_files(String version) {
        JsonObject told = told(version, "sizes", "limit", 100);

        assertThat(one(told, "tables", "table", "ops.payment").getLong("totalBytes"))
                .isEqualTo(number(version, "select pg_total_relation_size('ops.payment')"));
        assertThat(one(told, "indexes", "index", "ops.payment_pkey").getLong("sizeBytes"))
                .isEqualTo(number(version, "select pg_relation_size('ops.payment_pkey')"));
    }

    private static long number(String version, String query) {
        return Long.parseLong(OperatedServer.of(version).value(query));
    }

    static int pid(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    static void awaitActive(OperatedServer server, int pid) {
        Awaitility.await()
                .until(() ->
                        "active"
                                .equals(
                                        server.value(
                                                "select state from pg_stat_activity where pid = "
                                                        + pid)));
    }
}
