package dev.drawbridge.local.demo;

import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.postgres.Bootstrap;
import dev.drawbridge.local.postgres.Scripts;
import dev.drawbridge.local.postgres.Server;
import dev.drawbridge.local.report.LaunchException;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// The retail database that README, tests and benchmarks query: apart from the datastore, owned by
/// a role that nobody logs in as, read by `retail_agent`.
///
/// It is loaded in one transaction that also leaves the version behind, as the database's comment:
/// data that lack the comment, or bear another, are made anew.
public final class DemoDatabase {
    public static final String NAME = "retail";
    public static final String AGENT = "retail_agent";

    private static final String OWNER = "retail_owner";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final Server server;
    private final String maintenanceDatabase;
    private final Password agentPassword;
    private String vectorObstacle = "the server does not have it";

    /// `maintenanceDatabase` is one that exists on the server already.
    public DemoDatabase(Server server, String maintenanceDatabase, Password agentPassword) {
        this.server = server;
        this.maintenanceDatabase = maintenanceDatabase;
        this.agentPassword = agentPassword;
    }

    /// Why this server gets no demo; empty when it may have one.
    public Optional<String> obstacle() {
        try (var connection = server.connect(maintenanceDatabase);
                var statement = connection.createStatement();
                var row = statement.executeQuery(Scripts.text("/demo/obstacle.sql"))) {
            row.next();
            return Optional.ofNullable(row.getString(1));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /// Makes the database what this version says it is. True when data had to be loaded.
    public boolean ensure() {
        try {
            createRolesAndDatabase();
            boolean load = !isCurrent();
            if (load) {
                load();
            }
            useVectorExtension();
            if (load) {
                vacuum();
            }
            return load;
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /// How a search by meaning works in what [#ensure()] has made.
    ///
    /// @param withoutFiles why the server was not given pgvector, if it was not
    public VectorSearch search(Optional<String> withoutFiles) {
        try (var connection = server.connect(NAME);
                var statement = connection.createStatement();
                var row = statement.executeQuery(Scripts.text("/demo/search.sql"))) {
            return row.next()
                    ? VectorSearch.withPgvector(row.getString(1))
                    : VectorSearch.overArrays(withoutFiles.orElse(vectorObstacle));
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    /// How agents connect, with their password: it is demo data.
    public String dsn() {
        return "postgresql://%s:%s@%s/%s"
                .formatted(AGENT, agentPassword.reveal(), server.authority(), NAME);
    }

    public Server server() {
        return server;
    }

    public Password agentPassword() {
        return agentPassword;
    }

    private void createRolesAndDatabase() throws SQLException {
        try (var connection = server.connect(maintenanceDatabase)) {
            connection.setAutoCommit(false);
            Scripts.set(
                    connection, "drawbridge.verifier." + AGENT, Bootstrap.verifier(agentPassword));
            Scripts.run(connection, Scripts.text("/demo/roles.sql"));
            connection.commit();
            connection.setAutoCommit(true);
            if (!Bootstrap.hasDatabase(connection, NAME)) {
                Scripts.run(connection, "create database " + NAME + " owner " + OWNER);
            }
        }
    }

    private boolean isCurrent() throws SQLException {
        try (var connection = server.connect(NAME);
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                select shobj_description(oid, 'pg_database')
                                  from pg_database
                                 where datname = current_database()
                                """)) {
            return row.next() && DemoRows.comment().equals(row.getString(1));
        }
    }

    private void load() throws SQLException {
        try (var connection = server.connect(NAME)) {
            connection.setAutoCommit(false);
            Scripts.run(connection, "set local role " + OWNER);
            DemoRows.load(connection);
            connection.commit();
        }
    }

    /// Where the server has pgvector, since today perhaps, the embeddings get its type and index.
    /// Without it, or where it does not work, the demo is the same but for those.
    private void useVectorExtension() throws SQLException {
        try (var connection = server.connect(NAME)) {
            if (!mayAddVectors(connection)) {
                return;
            }
            try {
                addVectors(connection);
            } catch (SQLException failure) {
                vectorObstacle =
                        INSUFFICIENT_PRIVILEGE.equals(failure.getSQLState())
                                ? "the role " + server.user() + " may not create extensions"
                                : String.valueOf(failure.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("");
            }
        }
    }

    private static void addVectors(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Scripts.run(connection, "create extension if not exists vector");
        Scripts.run(connection, "set local role " + OWNER);
        Scripts.run(connection, Scripts.text("/demo/vector.sql"));
        connection.commit();
    }

    private static boolean mayAddVectors(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                select exists (select from pg_available_extensions
                                                where name = 'vector')
                                       and not exists (select from pg_attribute
                                                        where attrelid =
                                                              'retail.product_embeddings'::regclass
                                                          and attname = 'embedding_vector')
                                """)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /// So that the first queries find index-only scans and good estimates already.
    private void vacuum() throws SQLException {
        try (var connection = server.connect(NAME)) {
            Scripts.run(connection, "set role " + OWNER);
            for (String table : DemoRows.TABLES) {
                Scripts.run(connection, "vacuum (analyze) retail." + table);
            }
        }
    }

    private static LaunchException failed(SQLException failure) {
        return new LaunchException(
                "The demo database cannot be set up: " + failure.getMessage(), failure);
    }
}
