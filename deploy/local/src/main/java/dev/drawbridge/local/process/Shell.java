package dev.drawbridge.local.process;

import dev.drawbridge.local.report.LaunchException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs a short command to its end.
public final class Shell {
    private Shell() {}

    /// What a finished command said, standard output and error in one, and how it ended.
    public record Outcome(int exitCode, String output) {}

    /// False also when there is no such program.
    public static boolean succeeds(List<String> command) {
        try {
            return run(command).exitCode() == 0;
        } catch (LaunchException _) {
            return false;
        }
    }

    public static Outcome run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException failure) {
            throw new LaunchException(command.getFirst() + " cannot be run.", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new LaunchException("Interrupted.");
        }
    }
}
