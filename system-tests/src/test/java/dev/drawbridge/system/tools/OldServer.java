package dev.drawbridge.system.tools;

import dev.drawbridge.local.demo.DemoDatabase;
import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.postgres.Server;
import dev.drawbridge.system.suite.Database;
import dev.drawbridge.testkit.TestPostgres;

import java.nio.file.Path;
import java.util.Map;

/// The oldest PostgreSQL that is supported, with the demo's data and its agents' login.
final class OldServer implements AutoCloseable {
    private static final Path BINARIES = Path.of("target/postgres-oldest");
    private static final String SUPERUSER = "postgres";

    private final TestPostgres postgres;

    OldServer() {
        postgres =
                TestPostgres.start(
                        BINARIES, Map.of("shared_preload_libraries", "pg_stat_statements"));
        var server =
                new Server(
                        "127.0.0.1",
                        postgres.port(),
                        SUPERUSER,
                        new Password(SUPERUSER),
                        Server.Tls.NONE);
        new DemoDatabase(server, SUPERUSER, new Password("agent-secret")).ensure();
    }

    int port() {
        return postgres.port();
    }

    Database superuser() {
        return new Database("127.0.0.1", port(), "postgres", SUPERUSER, SUPERUSER);
    }

    TestPostgres postgres() {
        return postgres;
    }

    @Override
    public void close() {
        postgres.close();
    }
}
