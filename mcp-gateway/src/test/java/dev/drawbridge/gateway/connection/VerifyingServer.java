package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.SigningKey;
import dev.drawbridge.testkit.TestPostgres;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// A PostgreSQL that verifies who asks, with a login `agent` and one `other`, and rows of two
/// tenants.
final class VerifyingServer implements AutoCloseable {
    private final TestPostgres postgres;

    /// @param version `newest` or `oldest`
    VerifyingServer(String version, List<SigningKey> keys) {
        this.postgres =
                version.equals("newest")
                        ? TestPostgres.start()
                        : TestPostgres.start(Path.of("target/postgres-oldest"));
        postgres.run(
                """
                create role agent login password 'agent';
                create role other login password 'other';
                alter default privileges grant select on tables to agent;
                """);
        install(keys);
        postgres.run(
                """
                create table account (id int primary key, tenant text not null, secret text);
                insert into account
                select i, t.name, 'canary-' || t.name
                  from generate_series(1, 1000) i,
                       lateral (select case when i % 2 = 0 then 'a' else 'b' end as name) t;
                alter table account enable row level security;
                create policy own on account
                    using (tenant = (select drawbridge.claim('attributes.tenant')));
                grant select on account to agent, other;
                analyze account;
                """);
    }

    /// Runs the script as the superuser.
    void install(List<SigningKey> keys) {
        postgres.run(RlsScript.of("agent", keys).text());
    }

    TestPostgres postgres() {
        return postgres;
    }

    Connection as(String login) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres", login, login);
    }

    /// In another database, with a role that the login takes on.
    Connection as(String login, String database, String role) throws SQLException {
        var connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database,
                        login,
                        login);
        try (var statement = connection.createStatement()) {
            statement.execute("set role " + role);
        }
        return connection;
    }

    /// What a login is answered that says who it is.
    @Nullable String ask(String login, String text, String sql) throws SQLException {
        try (Connection connection = as(login);
                PreparedStatement tell =
                        connection.prepareStatement(
                                "select set_config('drawbridge.identity', ?, false)");
                var statement = connection.createStatement()) {
            tell.setString(1, text);
            tell.execute();
            var rows = statement.executeQuery(sql);
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
