package dev.drawbridge.system.journey;

import dev.drawbridge.system.suite.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command, run to its end in a folder.
record Program(Path folder, List<String> command) {
    private static final int PATIENCE_MINUTES = 2;

    /// What it printed; fails with what it complained of.
    String output(Map<String, String> environment) {
        try {
            var stdout = Files.createTempFile(Checkout.target(), "program", ".stdout");
            var stderr = Files.createTempFile(Checkout.target(), "program", ".stderr");
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectOutput(stdout.toFile())
                            .redirectError(stderr.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed:\n" + Files.readString(stderr));
            }
            return Files.readString(stdout);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
