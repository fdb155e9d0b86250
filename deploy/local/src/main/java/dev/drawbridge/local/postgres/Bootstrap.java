package dev.drawbridge.local.postgres;

import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.report.LaunchException;

import org.postgresql.util.PasswordUtil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/// Creates the services' roles and schemas in the datastore, by `deploy/postgres/bootstrap.sql`.
/// Safe to repeat: each `up` does.
public final class Bootstrap {
    private final Path script;
    private final Secrets secrets;

    public Bootstrap(Path checkout, Secrets secrets) {
        this.script = checkout.resolve("deploy/postgres/bootstrap.sql");
        this.secrets = secrets;
    }

    public void apply(Datastore datastore, List<String> schemas) {
        try {
            if (datastore.own()) {
                createDatabase(datastore);
            }
            try (var connection = datastore.server().connect(datastore.database())) {
                connection.setAutoCommit(false);
                Scripts.set(connection, "drawbridge.schemas", String.join(",", schemas));
                Scripts.set(connection, "drawbridge.own_database", datastore.own() ? "on" : "off");
                for (String role : schemas.stream().flatMap(Bootstrap::roles).toList()) {
                    Scripts.set(
                            connection,
                            "drawbridge.verifier." + role,
                            verifier(secrets.password(role)));
                }
                Scripts.run(connection, Files.readString(script));
                connection.commit();
            }
        } catch (SQLException failure) {
            throw new LaunchException(
                    "The datastore's roles and schemas cannot be set up: " + failure.getMessage(),
                    failure);
        } catch (IOException failure) {
            throw new LaunchException("Cannot read " + script + ".", failure);
        }
    }

    /// What a server stores of a password, so that the password itself need not be sent.
    public static String verifier(Password password) {
        return PasswordUtil.encodeScramSha256(password.reveal().toCharArray());
    }

    private static Stream<String> roles(String schema) {
        return Stream.of(schema + "_owner", schema + "_app");
    }

    private static void createDatabase(Datastore datastore) throws SQLException {
        try (var connection = datastore.server().connect("postgres")) {
            if (!hasDatabase(connection, datastore.database())) {
                Scripts.run(connection, "create database " + datastore.database());
            }
        }
    }

    public static boolean hasDatabase(Connection connection, String name) throws SQLException {
        try (var statement =
                connection.prepareStatement("select from pg_database where datname = ?")) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
