package dev.drawbridge.system.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.system.suite.Drawbridge;
import dev.drawbridge.system.suite.Home;
import dev.drawbridge.system.suite.Summary;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/// A suite in a home of its own, without the demo. Each test begins where all of it runs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningHomeTest {
    private static final String[] DETACHED = {"--detach", "--json", "--no-demo"};

    private final Home home = Home.fresh("running", 14_000);

    @BeforeEach
    void everything_runs() {
        ready(up());
    }

    @AfterAll
    void stop() {
        home.down();
    }

    @Test
    void a_second_up_says_that_it_runs_and_changes_nothing() {
        var before = pids();

        var again = up();

        ready(again);
        assertThat(again.stderr())
                .containsIgnoringCase("already running")
                .doesNotContain("building");
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    void status_tells_what_runs() {
        var status = new Drawbridge().run("status", "--json", "--home", home.folder().toString());

        assertThat(status.exitCode()).isZero();
        assertThat(Summary.parse(status.stdout()).services())
                .containsOnlyKeys("auth-service", "mcp-gateway")
                .allSatisfy((_, service) -> assertThat(service.ready()).isTrue());
    }

    @Test
    void logs_shows_the_end_of_a_services_log() {
        var logs = new Drawbridge().run("logs", "mcp-gateway", "--home", home.folder().toString());

        assertThat(logs.exitCode()).isZero();
        assertThat(logs.stdout()).contains("mcp-gateway").contains("started in");
    }

    @Test
    void down_leaves_no_process_and_no_port() {
        var pids = pids();

        var down = home.down();

        assertThat(down.exitCode()).as(down.stderr()).isZero();
        assertThat(pids).noneMatch(Home::lives);
        assertThat(home.processes()).isEmpty();
        assertThat(home.busyPorts()).isEmpty();
    }

    @Test
    void a_second_down_says_that_nothing_ran() {
        home.down();

        var again = home.down();

        assertThat(again.exitCode()).isZero();
        assertThat(again.stderr()).containsIgnoringCase("nothing was running");
    }

    @Test
    void up_says_which_variable_has_no_effect() {
        home.down();

        var up =
                new Drawbridge()
                        .with("DRAWBRIDGE_DATA_KEY_FILE", "/no/such/file")
                        .run(home.up(DETACHED));

        ready(up);
        assertThat(up.stderr()).contains("DRAWBRIDGE_DATA_KEY_FILE has no effect");
    }

    @Test
    void up_mends_a_killed_service() {
        kill(home.pid("mcp-gateway"));

        ready(up());
    }

    @Test
    void up_mends_a_killed_postgres() {
        kill(home.pid("postgres"));

        ready(up());
    }

    @Test
    void up_mends_what_a_killed_launcher_left() throws IOException {
        home.down();
        var launcher = new Drawbridge().start(home.up("--json", "--no-demo"));
        Awaitility.await("the suite to start in the foreground")
                .atMost(Duration.ofMinutes(3))
                .until(() -> !Files.readString(launcher.stdout()).isEmpty());

        kill(launcher.process().pid());

        ready(up());
        assertThat(home.down().exitCode()).isZero();
        assertThat(home.processes()).isEmpty();
    }

    @Test
    void up_mends_what_a_launcher_left_that_was_killed_while_it_started() {
        home.down();
        var launcher = new Drawbridge().start(home.up("--json", "--no-demo"));
        Awaitility.await("PostgreSQL to be started")
                .atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(home.folder().resolve("run/postgres.pid")));

        kill(launcher.process().pid());

        ready(up());
    }

    @Test
    void interrupting_the_foreground_stops_everything() throws IOException {
        home.down();
        var launcher = new Drawbridge().start(home.up("--json", "--no-demo"));
        Awaitility.await("the suite to start in the foreground")
                .atMost(Duration.ofMinutes(3))
                .until(() -> !Files.readString(launcher.stdout()).isEmpty());

        launcher.process().destroy();
        launcher.outcome();

        assertThat(home.processes()).isEmpty();
        assertThat(home.busyPorts()).isEmpty();
    }

    @Test
    void the_data_key_rotates_while_nothing_runs_too() {
        home.down();
        String before = key(0);

        var rotated = new Drawbridge().run("keys", "rotate", "--home", home.folder().toString());

        assertThat(rotated.exitCode()).as(rotated.stderr()).isZero();
        assertThat(key(1)).isEqualTo(before);
        ready(up());
        Awaitility.await("everything under the new key")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    var status =
                            new Drawbridge()
                                    .run("keys", "status", "--home", home.folder().toString());
                    assertThat(status.exitCode()).as(status.stderr()).isZero();
                    assertThat(status.stdout())
                            .contains("It seals.")
                            .doesNotContain("It opens what is stored");
                });
    }

    @Test
    void a_data_key_file_that_is_broken_is_told_by_its_code_and_line() throws IOException {
        home.down();
        var file = home.folder().resolve("secrets/data-key");
        String good = Files.readString(file);
        Files.writeString(file, good + "no-key\n");

        var refused = up();

        Files.writeString(file, good);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.complaint()).hasSize(1);
        assertThat(refused.complaint().getFirst()).contains("DATA_KEY_INVALID", "Line ");
        assertThat(refused.stderr()).doesNotContain(good.substring(good.indexOf(':') + 1).strip());
    }

    @Test
    void secrets_are_readable_by_their_owner_alone() throws IOException {
        try (var files = Files.list(home.folder().resolve("secrets"))) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file))
                                    .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private Drawbridge.Outcome up() {
        return new Drawbridge().run(home.up(DETACHED));
    }

    /// The id of a data key, by its place in the file.
    private String key(int line) {
        try {
            String key = Files.readAllLines(home.folder().resolve("secrets/data-key")).get(line);
            return key.substring(0, key.indexOf(':'));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private List<Long> pids() {
        return List.of(home.pid("postgres"), home.pid("auth-service"), home.pid("mcp-gateway"));
    }

    private static void ready(Drawbridge.Outcome up) {
        assertThat(up.exitCode()).as(up.stderr()).isZero();
        assertThat(Summary.parse(up.stdout()).services())
                .containsOnlyKeys("auth-service", "mcp-gateway")
                .allSatisfy((_, service) -> assertThat(service.ready()).isTrue());
    }

    private static void kill(long pid) {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        Awaitility.await("the process to end")
                .atMost(Duration.ofSeconds(10))
                .until(() -> !Home.lives(pid));
    }
}
