package dev.drawbridge.system.suite;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A PostgreSQL database asked directly, past Drawbridge, for what is true.
public record Database(String host, int port, String name, String user, String password) {

    static Database of(String dsn) {
        var uri = URI.create(dsn);
        String[] credentials = uri.getRawUserInfo().split(":", 2);
        return new Database(
                uri.getHost(),
                uri.getPort(),
                uri.getPath().substring(1),
                decoded(credentials[0]),
                decoded(credentials[1]));
    }

    /// The same with another login.
    public Database as(String otherUser, String otherPassword) {
        return new Database(host, port, name, otherUser, otherPassword);
    }

    /// Another database of the same server, with the same login.
    public Database in(String otherName) {
        return new Database(host, port, otherName, user, password);
    }

    /// The request that registers it as a connection, of a name that nothing else has.
    public Map<String, Object> asConnection() {
        return new HashMap<>(
                Map.of(
                        "name", "test-" + UUID.randomUUID(),
                        "host", host,
                        "port", port,
                        "database", name,
                        "username", user,
                        "password", password,
                        "tlsMode", "disable",
                        "rls", Map.of("mode", "none")));
    }

    public List<List<Object>> query(String sql, Object... parameters) {
        return query(Map.of(), sql, parameters);
    }

    /// Changes rows, for good: for what nothing else can set up.
    public void change(String sql, Object... parameters) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// A transaction that stays open, with what the statement locks.
    public AutoCloseable hold(String sql, Object... parameters) {
        try {
            var connection = connect();
            connection.setAutoCommit(false);
            run(connection, sql, parameters);
            return connection;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// The rows of a statement in a transaction with these settings, set by hand.
    public List<List<Object>> query(
            Map<String, String> settings, String sql, Object... parameters) {
        try (var connection = connect()) {
            connection.setAutoCommit(false);
            for (var setting : settings.entrySet()) {
                run(
                        connection,
                        "select set_config(?, ?, true)",
                        setting.getKey(),
                        setting.getValue());
            }
            var rows = run(connection, sql, parameters);
            connection.rollback();
            return rows;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// How many statements with this mark in their text are being run by others.
    public long running(String mark) {
        return (long)
                query(
                                """
                                select count(*)
                                  from pg_stat_activity
                                 where state = 'active' and query like ? and pid <> pg_backend_pid()
                                """,
                                "%" + mark + "%")
                        .getFirst()
                        .getFirst();
    }

    /// Transactions that clients began before that moment and that are open still.
    public List<List<Object>> openTransactionsSince(Instant before) {
        return query(
                """
                select pid, usename::text, state, left(query, 80)
                  from pg_stat_activity
                 where backend_type = 'client backend' and xact_start < ?
                       and pid <> pg_backend_pid()
                """,
                OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
    }

    private Connection connect() throws SQLException {
        String url = "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
        return DriverManager.getConnection(url, user, password);
    }

    private static List<List<Object>> run(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var found = new ArrayList<List<Object>>();
            try (var rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    var row = new ArrayList<Object>();
                    for (int column = 1; column <= columns; column++) {
                        row.add(rows.getObject(column));
                    }
                    found.add(row);
                }
            }
            return found;
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
