package dev.drawbridge.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.local.postgres.RunningPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// The demo database on a server of its own, and ways to look at it.
abstract class DemoCase {
    @TempDir private static Path folder;
    static RunningPostgres postgres;
    static DemoDatabase demo;

    @BeforeAll
    static void load() throws IOException {
        postgres = new RunningPostgres(folder);
        var datastore = postgres.datastore();
        demo =
                new DemoDatabase(
                        datastore.server(),
                        datastore.database(),
                        postgres.secrets().password("retail_agent"));
        assertThat(demo.obstacle()).isEmpty();
        assertThat(demo.ensure()).isTrue();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    static long seen(String table, String role, String store, String region) throws SQLException {
        try (var agent = agent()) {
            agent.setAutoCommit(false);
            try (var context =
                    agent.prepareStatement(
                            """
                            select set_config('app.retail_role', ?, true),
                                   set_config('app.store_id', ?, true),
                                   set_config('app.region', ?, true)
                            """)) {
                context.setString(1, role);
                context.setString(2, store);
                context.setString(3, region);
                context.execute();
            }
            return RunningPostgres.number(agent, "select count(*) from retail." + table);
        }
    }

    static Connection agent() throws SQLException {
        return postgres.connect("retail_agent", "retail");
    }

    static long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    static String text(String query) throws SQLException {
        try (var superuser = postgres.superuser("retail")) {
            return RunningPostgres.text(superuser, query);
        }
    }
}
