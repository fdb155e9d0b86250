package dev.drawbridge.local.postgres;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.pgvector.Pgvector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A PostgreSQL of a test's own, in a temporary home, with the services' roles and schemas.
public final class RunningPostgres implements AutoCloseable {
    final Home home;
    final Children children;
    final EmbeddedPostgres server;
    private final Secrets secrets;

    public RunningPostgres(Path folder) throws IOException {
        home = Home.open(folder, Path.of("../..").toRealPath());
        secrets = new Secrets(home);
        children = new Children(home);
        server = new EmbeddedPostgres(home, children, secrets, freePort());
        server.start();
        bootstrap();
    }

    void bootstrap() {
        new Bootstrap(home.checkout(), secrets).apply(datastore(), List.of("auth", "gateway"));
    }

    public Datastore datastore() {
        return server.datastore();
    }

    public Pgvector pgvector() {
        return server.pgvector();
    }

    public Secrets secrets() {
        return secrets;
    }

    public Connection superuser(String database) throws SQLException {
        return datastore().server().connect(database);
    }

    /// With the password that this home made up for that role.
    public Connection connect(String role, String database) throws SQLException {
        return datastore().server().connect(database, role, secrets.password(role));
    }

    /// The first column of the first row.
    public static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    public static long number(Connection connection, String query) throws SQLException {
        return Long.parseLong(text(connection, query));
    }

    public static void execute(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    @Override
    public void close() {
        server.running().ifPresent(it -> EmbeddedPostgres.stop(children, it));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
