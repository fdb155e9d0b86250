package dev.drawbridge.gateway.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// SQL of ours about what a database is, in `catalog/`.
public final class CatalogFile {
    private CatalogFile() {}

    /// The text of one.
    ///
    /// @param name without folder and ending
    public static String read(String name) {
        try (var file = CatalogFile.class.getResourceAsStream("/catalog/" + name + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("catalog/" + name + ".sql is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
