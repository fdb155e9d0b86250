package dev.drawbridge.local.postgres;

import dev.drawbridge.local.report.LaunchException;

import java.sql.Connection;
import java.sql.SQLException;

/// The database that the services keep their schemas in. `own` where it holds nothing else, so that
/// the launcher may decide who connects to it.
public record Datastore(Server server, String database, boolean own) {
    private static final int OLDEST_VERSION = 15;

    public String jdbcUrl() {
        String tls = server.tls().mode().equals("disable") ? "" : "?sslmode=" + server.tls().mode();
        String certificate =
                server.tls().rootCertificate().isEmpty()
                        ? ""
                        : "&sslrootcert=" + server.tls().rootCertificate();
        return "jdbc:" + url() + tls + certificate;
    }

    /// Without user and password.
    public String url() {
        return server.url(database);
    }

    /// Fails in one sentence when this database cannot carry the suite.
    public void requireUsable() {
        try (var connection = server.connect(database)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_VERSION) {
                throw new LaunchException(
                        "The datastore at %s is PostgreSQL %d; Drawbridge needs %d or newer."
                                .formatted(server.authority(), version, OLDEST_VERSION));
            }
            if (!maySetUp(connection)) {
                throw new LaunchException(
                        ("The datastore's role %s may not set the suite up: "
                                        + "it needs CREATEROLE, and CREATE on the database %s.")
                                .formatted(server.user(), database));
            }
        } catch (SQLException failure) {
            throw unusable(failure);
        }
    }

    private static boolean maySetUp(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                select rolsuper
                                       or (rolcreaterole
                                           and has_database_privilege(current_database(), 'create'))
                                  from pg_roles
                                 where rolname = current_user
                                """)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private LaunchException unusable(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return new LaunchException(
                switch (state) {
                    case "28P01", "28000", "08004" ->
                            ("The datastore at %s refused the user %s: "
                                            + "wrong password, or no entry in pg_hba.conf.")
                                    .formatted(server.authority(), server.user());
                    case "3D000" ->
                            "The datastore at %s has no database %s."
                                    .formatted(server.authority(), database);
                    case "08001", "08006" ->
                            "The datastore at %s cannot be reached.".formatted(server.authority());
                    default ->
                            "The datastore at %s cannot be used: %s (SQLSTATE %s)."
                                    .formatted(server.authority(), failure.getMessage(), state);
                });
    }
}
