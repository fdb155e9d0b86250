package dev.drawbridge.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Base64;

/// Key files of tests.
final class KeyLines {
    private KeyLines() {}

    /// The line of a key whose bytes are all the same.
    static String line(String id, int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    /// Replaces the file whole, as whoever rotates does.
    static Path write(Path file, String... lines) {
        try {
            Path draft = Files.writeString(file.resolveSibling("draft"), String.join("\n", lines));
            return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
