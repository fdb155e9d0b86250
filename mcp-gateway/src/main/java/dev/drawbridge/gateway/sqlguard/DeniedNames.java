package dev.drawbridge.gateway.sqlguard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names of what runs inside a READ ONLY transaction and should not: `denied-names.txt`, a name a
/// line, `*` at the end for all that begin so. A name is denied wherever it stands, because a
/// function can be named in more places than a scanner can tell apart.
final class DeniedNames {
    private static final Set<String> LINES = read();
    private static final Set<String> EXACT =
            LINES.stream().filter(line -> !line.endsWith("*")).collect(Collectors.toSet());
    private static final Set<String> PREFIXES =
            LINES.stream()
                    .filter(line -> line.endsWith("*"))
                    .map(line -> line.substring(0, line.length() - 1))
                    .collect(Collectors.toSet());

    private DeniedNames() {}

    static boolean contains(String name) {
        return EXACT.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    /// Settings that tell where files lie or how to reach other systems.
    static boolean hidesSetting(String name) {
        return Stream.of(
                                "_file",
                                "_directory",
                                "_directories",
                                "_command",
                                "archive_library",
                                "_libraries")
                        .anyMatch(name::endsWith)
                || name.contains("conninfo");
    }

    private static Set<String> read() {
        try (var file = DeniedNames.class.getResourceAsStream("/sqlguard/denied-names.txt")) {
            if (file == null) {
                throw new IllegalStateException("denied-names.txt is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
