package dev.drawbridge.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A process that some `up` started. The start time goes with the pid, because pids are reused and
/// a stranger must never be stopped; the fingerprint says what it was started from (build,
/// configuration), so that a later `up` knows whether it is still the right one.
public record Child(String name, long pid, long startedAtMs, String fingerprint) {
    /// The operating system counts a start in ticks since boot; its clock may be set in between.
    private static final long CLOCK_TOLERANCE_MS = 2_000;

    static Child of(String name, ProcessHandle process, String fingerprint) {
        return new Child(name, process.pid(), startedAtMs(process), fingerprint);
    }

    /// Empty when the file is missing or not whole.
    static Optional<Child> read(String name, Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return Optional.of(
                    new Child(
                            name,
                            Long.parseLong(lines.get(0)),
                            Long.parseLong(lines.get(1)),
                            lines.get(2)));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    String lines() {
        return pid + "\n" + startedAtMs + "\n" + fingerprint + "\n";
    }

    public boolean isAlive() {
        return process().isPresent();
    }

    /// Whether it has a process of its own at work.
    public boolean hasChildren() {
        return process().stream().flatMap(ProcessHandle::children).anyMatch(Life::isIn);
    }

    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(Life::isIn)
                .filter(it -> Math.abs(startedAtMs(it) - startedAtMs) <= CLOCK_TOLERANCE_MS);
    }

    private static long startedAtMs(ProcessHandle process) {
        return process.info().startInstant().map(it -> it.toEpochMilli()).orElse(0L);
    }
}
