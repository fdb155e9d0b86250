package dev.drawbridge.gateway.sqlguard;

import dev.drawbridge.testkit.TestPostgres;

import org.postgresql.PGConnection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// A real PostgreSQL with what an attack could change, and the view of a superuser on all of it.
final class AttackedServer implements AutoCloseable {
    private static final Path FIXTURE =
            Path.of("src/test/resources/dev/drawbridge/gateway/sqlguard/attack-fixture.sql");

    /// How much of the log is more than a server writes by itself between two looks.
    private static final long MUCH_LOG = 500_000;

    /// By the words for an effect what differs after it.
    private static final String STATE =
            """
            select (select count(*) from pg_largeobject_metadata) as "large object",
                   (select count(*) from pg_locks
                     where locktype = 'advisory'
                        or (relation = 'shop.account'::regclass and pid <> pg_backend_pid())
                   ) as "lock",
                   (select last_value || ' ' || is_called from shop.ticket) as "sequence",
                   (select count(*) || ' ' || max(xmin::text::bigint) || ' '
                             || max(xmax::text::bigint)
                      from shop.account) as "rows",
                   (select count(*) from pg_class) || ' '
                       || (select count(*) from pg_roles) || ' '
                       || (select count(*) from pg_db_role_setting) as "catalog",
                   pg_snapshot_xmax(pg_current_snapshot()) as "transaction id",
                   (select string_agg(pid || state, ' ') from pg_stat_activity
                     where application_name = 'bystander') as "other session",
                   md5(get_raw_page('shop.document_gin', 0))
                       || md5(get_raw_page('shop.document_brin', 1))
                       || md5(get_raw_page('shop.document_brin', 2)) as "index",
                   (select count(*) from pg_replication_slots) as "slot"
            """;

    private final TestPostgres postgres;
    private final Path folder;
    private final Connection superuser;
    private final PreparedStatement state;
    private final PreparedStatement logged;
    private final Connection listener;
    private int heard;

    /// What is to see.
    ///
    /// @param logged bytes of the log
    record State(Map<String, String> facts, long logged) {}

    AttackedServer(TestPostgres postgres) throws SQLException, IOException {
        this.postgres = postgres;
        postgres.run("alter system set autovacuum = off");
        postgres.run("select pg_reload_conf()");
        postgres.run(Files.readString(FIXTURE, StandardCharsets.UTF_8));
        folder =
                Files.createTempDirectory(
                        "attacked",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        superuser = postgres.connect();
        state = superuser.prepareStatement(STATE);
        logged = superuser.prepareStatement("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
        listener = postgres.connect();
        try (Statement listen = listener.createStatement()) {
            listen.execute("listen drawbridge_listener");
        }
    }

    int port() {
        return postgres.port();
    }

    String version() {
        return String.valueOf(postgres.value("show server_version")).split(" ")[0];
    }

    /// The number that random() gives next in a session whose seed an attack has set.
    String seeded() throws SQLException {
        try (Statement ask = superuser.createStatement()) {
            ask.execute("select setseed(0.25)");
            var rows = ask.executeQuery("select random()::text");
            rows.next();
            return rows.getString(1);
        }
    }

    /// A file that an attack may try to write.
    Path file() {
        return folder.resolve("written");
    }

    /// A neighbour of the same login, busy with something of its own.
    ///
    /// @return its process
    int bystander(String role) throws SQLException {
        var properties = new Properties();
        properties.put("user", role);
        properties.put("password", role);
        properties.put("ApplicationName", "bystander");
        Connection busy =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port() + "/postgres", properties);
        int pid = busy.unwrap(PGConnection.class).getBackendPID();
        Thread.ofVirtual()
                .start(() -> {
                    try (busy;
                            Statement sleep = busy.createStatement()) {
                        sleep.execute("select pg_sleep(600), 'canary-of-the-neighbour'");
                        Thread.sleep(600_000);
                    } catch (SQLException | InterruptedException ended) {
                        // That is for the state to see.
                    }
                });
        while (!"1"
                .equals(
                        postgres.value(
                                "select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
                                        + " and pid = "
                                        + pid))) {
            Thread.onSpinWait();
        }
        return pid;
    }

    /// Sends all bystanders away.
    void alone() {
        postgres.run(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                        + " where application_name = 'bystander'");
    }

    /// As a superuser, to see that a judge sees.
    void run(String sql) {
        postgres.run(sql);
    }

    /// The first column of what a superuser reads.
    List<String> read(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement ask = superuser.createStatement();
                var rows = ask.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    State state() throws SQLException, IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        try (var rows = state.executeQuery()) {
            rows.next();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                facts.put(rows.getMetaData().getColumnLabel(i), rows.getString(i));
            }
        }
        var messages = listener.unwrap(PGConnection.class).getNotifications();
        heard += messages == null ? 0 : messages.length;
        facts.put("message", String.valueOf(heard));
        facts.put("file", String.valueOf(Files.exists(file())));
        try (var rows = logged.executeQuery()) {
            rows.next();
            return new State(facts, rows.getLong(1));
        }
    }

    /// The words for what is otherwise than it was.
    static List<String> effects(State before, State after) {
        var effects =
                new ArrayList<>(
                        before.facts().keySet().stream()
                                .filter(fact ->
                                        !String.valueOf(before.facts().get(fact))
                                                .equals(after.facts().get(fact)))
                                .toList());
        if (after.logged() - before.logged() > MUCH_LOG) {
            effects.add("log");
        }
        return effects;
    }

    @Override
    public void close() throws SQLException, IOException {
        alone();
        listener.close();
        superuser.close();
        postgres.close();
        Files.deleteIfExists(file());
        Files.delete(folder);
    }
}
