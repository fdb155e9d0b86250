package dev.drawbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The packages of Node's that a folder's `package-lock.json` names, for clients that are not ours.
public final class NodePackages {
    private static final int PATIENCE_MINUTES = 5;

    private NodePackages() {}

    /// Brings them to what the lock file says, if they are not: a copy of it stands beside them
    /// once they are.
    ///
    /// @param options of `npm ci`
    public static synchronized void install(Path folder, String... options) {
        try {
            Path lock = folder.resolve("package-lock.json");
            Path stamp = folder.resolve("node_modules/.installed");
            if (!Files.exists(stamp) || Files.mismatch(lock, stamp) >= 0) {
                run(folder, options);
                Files.copy(lock, stamp, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void run(Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("npm", "ci", "--no-audit", "--no-fund"));
        command.addAll(List.of(options));
        Path output = Files.createTempFile("npm", ".log");
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ":\n" + Files.readString(output));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } finally {
            Files.delete(output);
        }
    }
}
