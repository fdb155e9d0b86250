package dev.drawbridge.gateway.tool.operate;

import dev.drawbridge.testkit.TestPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// HypoPG for the oldest PostgreSQL that we support, as Debian builds it.
final class HypoPg {
    private static final String PACKAGE = "postgresql-15-hypopg";
    private static final Path CACHE = Path.of("target", PACKAGE);

    private HypoPg() {}

    /// Puts its files beside those of a running server.
    ///
    /// @return why it cannot; empty when it is there
    static Optional<String> addTo(TestPostgres server) {
        try {
            Optional<String> missing = Files.isDirectory(CACHE) ? Optional.empty() : unpack();
            if (missing.isEmpty()) {
                copy(CACHE.resolve("usr/lib/postgresql/15/lib"), config(server, "PKGLIBDIR"));
                copy(
                        CACHE.resolve("usr/share/postgresql/15/extension"),
                        config(server, "SHAREDIR").resolve("extension"));
            }
            return missing;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<String> unpack() throws IOException {
        Path folder = Files.createTempDirectory("hypopg");
        Optional<String> failed = run(folder, "apt-get", "download", PACKAGE);
        if (failed.isPresent()) {
            return failed;
        }
        try (var files = Files.list(folder)) {
            String archive = files.findFirst().orElseThrow().toString();
            return run(folder, "dpkg", "-x", archive, CACHE.toAbsolutePath().toString());
        }
    }

    private static Optional<String> run(Path folder, String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("output").toFile())
                            .start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of(List.of(command) + " does not end");
            }
            String output = Files.readString(folder.resolve("output"));
            Files.delete(folder.resolve("output"));
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(List.of(command) + ": " + output);
        } catch (IOException missing) {
            return Optional.of(List.of(command) + ": " + missing.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static Path config(TestPostgres server, String name) {
        return Path.of(
                Objects.requireNonNull(
                        server.value("select setting from pg_config where name = '" + name + "'")));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(file.getFileName().toString());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
