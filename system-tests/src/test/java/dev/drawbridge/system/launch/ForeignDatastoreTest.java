package dev.drawbridge.system.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Home;
import dev.drawbridge.system.suite.Summary;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

/// A suite on a PostgreSQL that is somebody else's: here, the one of another home.
class ForeignDatastoreTest {
    private final Home server = Home.fresh("foreign-server", 15_000);
    private final Home home = Home.fresh("foreign", 11_000);

    @AfterEach
    void stop() {
        home.down();
        server.down();
    }

    @Test
    void uses_it_and_leaves_it_running() throws IOException {
        var started =
                new Drawbridge()
                        .run(server.up("--detach", "--json", "--no-demo", "--only", "postgres"));
        assertThat(started.exitCode()).as(started.stderr()).isZero();
        String url = Summary.parse(started.stdout()).datastore().url();

        var up =
                new Drawbridge()
                        .with("PGPASSWORD", password())
                        .run(
                                home.up(
                                        "--detach",
                                        "--json",
                                        "--no-demo",
                                        "--only",
                                        "auth-service",
                                        "--datastore",
                                        url.replace("//", "//postgres@")));
        long postgres = server.pid("postgres");

        assertThat(up.exitCode()).as(up.stderr()).isZero();
        var summary = Summary.parse(up.stdout());
        assertThat(summary.datastore().url()).isEqualTo(url);
        assertThat(summary.services().get("auth-service").ready()).isTrue();
        assertThat(home.down().exitCode()).isZero();
        assertThat(home.processes()).isEmpty();
        assertThat(Home.lives(postgres)).isTrue();
    }

    private String password() throws IOException {
        return Files.readString(server.folder().resolve("secrets/postgres")).strip();
    }
}
