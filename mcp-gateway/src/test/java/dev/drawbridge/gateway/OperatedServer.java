package dev.drawbridge.gateway;

import dev.drawbridge.testkit.TestPostgres;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// A PostgreSQL where runbooks and tools have something to find, read by the logins `agent`, which
/// may read only, and `monitor`, which sees what others do. One of each version for all tests; it
/// ends with their process.
public final class OperatedServer {
    /// The oldest and the newest version that is supported.
    public static final String OLDEST = "oldest";

    public static final String NEWEST = "newest";

    private static final Map<String, OperatedServer> STARTED = new HashMap<>();

    private final TestPostgres postgres;

    private OperatedServer(String version) {
        postgres =
                TestPostgres.start(
                        version.equals(NEWEST) ? null : Path.of("target/postgres-oldest"),
                        Map.of(
                                "shared_preload_libraries", "pg_stat_statements",
                                "wal_level", "logical",
                                "max_prepared_transactions", "4",
                                "autovacuum", "off"));
        postgres.run(planted("stock"));
        postgres.run(planted("ops"));
        postgres.run(
                "select pg_create_logical_replication_slot('left_behind_logical', 'test_decoding')");
        invalidIndex();
        // Counters reach the statistics when a session is idle.
        Awaitility.await()
                .until(() ->
                        "2"
                                .equals(
                                        postgres.value(
                                                "select count(*) from pg_stat_user_tables"
                                                        + " where n_dead_tup > 10000")));
    }

    /// The server of a version, started when it is needed first.
    ///
    /// @param version `newest` or `oldest`
    public static synchronized OperatedServer of(String version) {
        return STARTED.computeIfAbsent(version, OperatedServer::new);
    }

    private static String planted(String name) {
        try (var file = OperatedServer.class.getResourceAsStream("operated/" + name + ".sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What `create index concurrently` leaves behind when it fails.
    private void invalidIndex() {
        try (Connection connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute("create unique index concurrently twice_a on ops.twice (a)");
            throw new IllegalStateException("two equal rows were unique");
        } catch (SQLException expected) {
            if (!"23505".equals(expected.getSQLState())) {
                throw new IllegalStateException(expected);
            }
        }
    }

    public int port() {
        return postgres.port();
    }

    /// What a query answers to the superuser.
    public String value(String query) {
        return postgres.value(query);
    }

    /// Runs statements as the superuser.
    public void run(String sql) {
        postgres.run(sql);
    }

    /// A session of the superuser.
    public Connection connect() {
        return postgres.connect();
    }

    /// A session of one of the logins.
    public Connection connectAs(String login) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/postgres", login, "agent-secret");
    }

    /// A transaction that nobody ends and one that waits for it, as long as `meanwhile` takes.
    public void blocked(Runnable meanwhile) throws SQLException {
        try (Connection blocker = postgres.connect();
                Connection waiter = postgres.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table stock.item");
            Thread waiting = running(waiter, "select count(*) from stock.item");
            awaitWaiting(1);
            meanwhile.run();
            blocker.rollback();
            waiting.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Until so many sessions wait for locks.
    public void awaitWaiting(int sessions) {
        Awaitility.await()
                .until(() ->
                        String.valueOf(sessions)
                                .equals(
                                        postgres.value(
                                                "select count(distinct pid) from pg_locks"
                                                        + " where not granted")));
    }

    /// Runs a statement meanwhile; that it fails in the end is no matter.
    public static Thread running(Connection session, String sql) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        session.createStatement().execute(sql);
                    } catch (SQLException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
