package dev.drawbridge.gateway.sqlguard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What escapes the guard and is known to: `known-escapes.txt`, a line each of the attack, its
/// effect, the roles that it works for, and why it is so.
final class KnownEscapes {
    private static final Path FILE =
            Path.of("src/test/resources/dev/drawbridge/gateway/sqlguard/known-escapes.txt");

    private KnownEscapes() {}

    /// As findings of one role.
    static Set<Finding> of(String role) throws IOException {
        return Files.readString(FILE, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" *\\| *"))
                .filter(parts -> Arrays.asList(parts[2].split(" ")).contains(role))
                .map(parts -> new Finding(parts[0], parts[1]))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
