package dev.drawbridge.testkit;

import dev.drawbridge.pgvector.Pgvector;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/// pgvector for tests: brought once for all modules of a checkout, below its `target`.
public final class TestVectors {
    private static final Pgvector FILES = new Pgvector(checkout().resolve("target/pgvector"));
    private static final Optional<String> OBSTACLE =
            FILES.obtain(
                    System.getenv().getOrDefault("DRAWBRIDGE_PGVECTOR", ""), Pgvector.PATIENCE);

    private TestVectors() {}

    /// Why there is no pgvector here; empty when there is.
    public static Optional<String> obstacle() {
        OBSTACLE.ifPresent(why -> System.out.println("tests without pgvector: " + why));
        return OBSTACLE;
    }

    /// What an `up` of a test is told, so that it downloads nothing itself.
    public static String given() {
        return OBSTACLE.isEmpty() ? FILES.folder().toString() : Pgvector.NONE;
    }

    /// Makes the extension in one database of a server; the others know nothing of it.
    public static void install(TestPostgres postgres, String database) {
        var settings = FILES.settings();
        // The workers of an index's build look for the library before they know these settings.
        settings.put("max_parallel_maintenance_workers", "0");
        settings.forEach((name, value) ->
                postgres.run("alter database %s set %s = '%s'".formatted(database, name, value)));
        try (var connection = postgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("create extension vector");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Maven starts in a module's folder, an editor above it.
    private static Path checkout() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("drawbridge"))) {
                return at;
            }
        }
        throw new IllegalStateException("no ./drawbridge above the working folder");
    }
}
