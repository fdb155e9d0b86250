package dev.drawbridge.system.suite;

import java.nio.file.Files;
import java.nio.file.Path;

/// The checkout that the tests belong to. Maven starts in the module's folder, an editor above it.
public final class Checkout {
    private static final Path ROOT = find();

    private Checkout() {}

    public static Path root() {
        return ROOT;
    }

    /// What tests leave behind; `mvn clean` removes it.
    public static Path target() {
        return ROOT.resolve("system-tests/target");
    }

    private static Path find() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("drawbridge"))) {
                return at;
            }
        }
        throw new IllegalStateException("no ./drawbridge above the working folder");
    }
}
