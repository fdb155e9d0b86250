package dev.drawbridge.gateway.sqlguard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A statement of the corpus. A file is a theme; a comment with a `name:` begins each statement,
/// and below it one with `needs:` may say from which PostgreSQL on it runs.
///
/// @param needs the major version; 0 for any
record AnalyticsStatement(String theme, String name, int needs, String sql) {
    private static final Pattern NAME = Pattern.compile("(?m)^-- name: ");
    private static final Pattern NEEDS = Pattern.compile("-- needs: (\\d+)\n");

    /// All themes.
    static List<AnalyticsStatement> corpus() {
        try (var files = Files.list(resource("analytics"))) {
            return files.sorted().flatMap(AnalyticsStatement::theme).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Reads that only a catalog can tell from what is dangerous.
    static List<AnalyticsStatement> waitingForTheCatalog() {
        return theme(resource("catalog-needed.sql")).toList();
    }

    /// The text of a file beside the corpus.
    static String text(String file) {
        return read(resource(file));
    }

    @Override
    public String toString() {
        return theme + ": " + name;
    }

    private static Stream<AnalyticsStatement> theme(Path file) {
        return Arrays.stream(NAME.split(read(file)))
                .filter(piece -> !piece.isBlank())
                .map(piece -> statement(file.getFileName().toString(), piece));
    }

    private static AnalyticsStatement statement(String theme, String piece) {
        int lineEnd = piece.indexOf('\n');
        String sql = piece.substring(lineEnd + 1);
        var needs = NEEDS.matcher(sql);
        boolean some = needs.lookingAt();
        return new AnalyticsStatement(
                theme,
                piece.substring(0, lineEnd),
                some ? Integer.parseInt(needs.group(1)) : 0,
                some ? sql.substring(needs.end()) : sql);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(AnalyticsStatement.class.getResource(name)).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
