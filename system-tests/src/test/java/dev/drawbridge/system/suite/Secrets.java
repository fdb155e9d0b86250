package dev.drawbridge.system.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/// Every secret that this run has made or been given, so that the logs can be searched for them.
public final class Secrets {
    /// Shorter ones would be found by chance.
    private static final int SHORTEST = 8;

    private final Set<String> known = new ConcurrentSkipListSet<>();

    /// Remembers it, and gives it back.
    public String add(String secret) {
        if (secret.length() >= SHORTEST) {
            known.add(secret);
        }
        return secret;
    }

    /// Remembers what the files of a folder hold: each line, and of `name:value` the value too.
    public void addFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file)) {
                    add(line.strip());
                    add(line.substring(line.indexOf(':') + 1).strip());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int count() {
        return known.size();
    }

    /// Those that the text holds, with only their beginning shown.
    public Set<String> in(String text) {
        return known.stream()
                .filter(text::contains)
                .map(secret -> secret.substring(0, 6) + "…")
                .collect(Collectors.toSet());
    }
}
