package dev.drawbridge.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.Secrets;
import dev.drawbridge.local.process.Children;
import dev.drawbridge.local.report.LaunchException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/// Which folder a home's PostgreSQL may call its own.
class DataFolderTest {
    @TempDir private Path folder;

    @Test
    void leaves_a_folder_alone_that_holds_somebodys_clusters() throws Exception {
        var data = Files.createDirectories(folder.resolve("postgres/18/data")).getParent();
        Files.writeString(folder.resolve("postgres/18/data/PG_VERSION"), "18\n");

        assertLeftAlone(data.getParent(), "is no data folder");
    }

    @Test
    void leaves_a_cluster_alone_whose_password_the_home_does_not_know() throws Exception {
        var data = Files.createDirectory(folder.resolve("postgres"));
        Files.writeString(data.resolve("PG_VERSION"), "18\n");
        Files.writeString(data.resolve("postmaster.pid"), "1\n" + data + "\n1700000000\n");

        assertLeftAlone(data, "password");
    }

    @Test
    void leaves_the_data_of_another_version_alone() throws Exception {
        new Secrets(home()).password("postgres");
        var data = Files.createDirectory(folder.resolve("postgres"));
        Files.writeString(data.resolve("PG_VERSION"), "17\n");

        assertLeftAlone(data, "are of PostgreSQL 17");
    }

    @Test
    void begins_anew_where_initdb_was_killed() throws Exception {
        var start =
                Thread.ofPlatform()
                        .start(() ->
                                assertThatThrownBy(() -> server().start())
                                        .isInstanceOf(LaunchException.class));
        while (!isBegun()) {
            assertThat(start.isAlive()).isTrue();
            Thread.sleep(5);
        }
        initdb().forEach(ProcessHandle::destroyForcibly);
        start.join();

        new RunningPostgres(folder).close();

        assertThat(folder.resolve("postgres/PG_VERSION")).exists();
        assertThat(folder.resolve("postgres.new")).doesNotExist();
        assertThat(folder.resolve("initdb.password")).doesNotExist();
    }

    private void assertLeftAlone(Path data, String word) throws IOException {
        var before = everything(data);

        assertThatThrownBy(() -> server().start())
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(data.toString())
                .hasMessageContaining(word);

        assertThat(everything(data)).isEqualTo(before);
    }

    /// Each file below, with its owner and its permissions.
    private static List<String> everything(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            return files.sorted().map(DataFolderTest::line).toList();
        }
    }

    private static String line(Path file) {
        try {
            var attributes = Files.readAttributes(file, PosixFileAttributes.class);
            return file + " " + attributes.owner() + " " + attributes.permissions();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private boolean isBegun() {
        return Stream.of("postgres", "postgres.new")
                .anyMatch(name -> Files.exists(folder.resolve(name).resolve("PG_VERSION")));
    }

    /// Ours: children of this process.
    private static Stream<ProcessHandle> initdb() {
        return ProcessHandle.current()
                .descendants()
                .filter(it -> it.info().command().orElse("").endsWith("/initdb"));
    }

    private Home home() {
        return Home.open(folder, Path.of("../..").toAbsolutePath());
    }

    private EmbeddedPostgres server() throws IOException {
        var home = home();
        return new EmbeddedPostgres(
                home, new Children(home), new Secrets(home), RunningPostgres.freePort());
    }
}
