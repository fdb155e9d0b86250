package dev.drawbridge.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.report.LaunchException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class ChildrenTest {
    @TempDir private Path folder;
    private Home home;
    private Children children;

    @BeforeEach
    void open() {
        home = Home.open(folder, folder);
        children = new Children(home);
    }

    @Test
    void a_later_launcher_finds_and_stops_what_an_earlier_one_started() {
        var started = children.start("sleeper", "build 1", List.of("sleep", "60"));

        var found = new Children(home).find("sleeper");

        assertThat(found).contains(started);
        children.stop(started, "TERM", Duration.ofSeconds(5));
        assertThat(started.isAlive()).isFalse();
        assertThat(children.names()).isEmpty();
    }

    @Test
    void a_pid_that_somebody_else_has_by_now_is_not_ours() throws IOException {
        var stranger = new ProcessBuilder("sleep", "60").start();
        try {
            long earlier = System.currentTimeMillis() - 3_600_000;
            Files.writeString(
                    home.run().resolve("service.pid"),
                    stranger.pid() + "\n" + earlier + "\nbuild\n");

            assertThat(children.find("service")).isEmpty();
            assertThat(home.run().resolve("service.pid")).doesNotExist();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void what_cannot_be_put_on_record_does_not_run() throws IOException {
        Files.createDirectories(home.run().resolve("sleeper.pid/in the way"));

        assertThatThrownBy(() -> children.start("sleeper", "build 1", List.of("sleep", "4711")))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("sleeper.pid");

        assertThat(ProcessHandle.current().descendants())
                .filteredOn(Life::isIn)
                .noneMatch(it -> it.info().commandLine().orElse("").contains("4711"));
    }

    @Test
    void half_a_record_is_no_record() throws IOException {
        Files.writeString(home.run().resolve("service.pid"), "12");

        assertThat(children.find("service")).isEmpty();
    }

    @Test
    void insists_with_all_that_it_started_when_a_process_does_not_listen() {
        var deaf =
                children.start(
                        "deaf",
                        "build",
                        List.of("sh", "-c", "trap '' TERM; sleep 600 & while :; do wait; done"));
        var grandchildren = startedBy(deaf);
        try {
            children.stop(deaf, "TERM", Duration.ofMillis(300));

            assertThat(deaf.isAlive()).isFalse();
            assertThat(grandchildren).hasSize(1).noneMatch(Life::isIn);
        } finally {
            grandchildren.forEach(ProcessHandle::destroyForcibly);
            ProcessHandle.of(deaf.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /// What it started, once there is something.
    private static List<ProcessHandle> startedBy(Child parent) {
        var process = ProcessHandle.of(parent.pid()).orElseThrow();
        for (int i = 0; i < 400 && process.children().findAny().isEmpty(); i++) {
            Pause.of(Duration.ofMillis(50));
        }
        return process.children().toList();
    }

    @Test
    void starts_nothing_once_things_are_being_stopped() {
        children.refuseStarts();

        assertThatThrownBy(() -> children.start("late", "build", List.of("sleep", "60")))
                .isInstanceOf(LaunchException.class);
        assertThat(children.names()).isEmpty();
    }

    @Test
    void writes_what_a_process_says_to_its_log() {
        var child =
                children.start("talker", "build", List.of("sh", "-c", "echo out; echo err >&2"));

        children.ends(child, Duration.ofSeconds(5));

        assertThat(home.log("talker")).hasContent("out\nerr");
    }
}
