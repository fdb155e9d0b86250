package dev.drawbridge.system.suite;

import dev.drawbridge.testkit.TestVectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The script at the checkout's root, run as a user would. Its output goes to files: a pipe would
/// wait for whatever it leaves running.
public final class Drawbridge {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> prefix = new ArrayList<>();
    private Path input = Path.of("/dev/null");

    public Drawbridge() {
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("DRAWBRIDGE_PGVECTOR", TestVectors.given());
    }

    /// How it ended and what it said.
    public record Outcome(int exitCode, String stdout, String stderr) {
        /// What a person reads who is not told more than one sentence.
        public List<String> complaint() {
            return stderr.lines().filter(line -> line.startsWith("drawbridge: ")).toList();
        }
    }

    /// One that was started and not waited for.
    public record Running(Process process, Path stdout, Path stderr) {
        public Outcome outcome() {
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(
                            "drawbridge did not end; it said:\n" + Files.readString(stderr));
                }
                return new Outcome(
                        process.exitValue(), Files.readString(stdout), Files.readString(stderr));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /// A variable of its environment.
    public Drawbridge with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// What it reads from standard input; nothing if not told.
    public Drawbridge reading(String text) {
        try {
            var file = Files.createTempFile("stdin", "");
            file.toFile().deleteOnExit();
            input = Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    /// Words before it, such as those of a program that takes something away from it.
    public Drawbridge behind(String... words) {
        prefix.addAll(List.of(words));
        return this;
    }

    public Outcome run(String... arguments) {
        return start(arguments).outcome();
    }

    public Running start(String... arguments) {
        var command = new ArrayList<>(prefix);
        command.add(Checkout.root().resolve("drawbridge").toString());
        command.addAll(List.of(arguments));
        try {
            var folder = Files.createDirectories(Checkout.target().resolve("commands"));
            int run = RUNS.incrementAndGet();
            var stdout = folder.resolve(run + ".stdout");
            var stderr = folder.resolve(run + ".stderr");
            var builder =
                    new ProcessBuilder(command)
                            .directory(Checkout.root().toFile())
                            .redirectInput(input.toFile())
                            .redirectOutput(stdout.toFile())
                            .redirectError(stderr.toFile());
            builder.environment().putAll(environment);
            return new Running(builder.start(), stdout, stderr);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
