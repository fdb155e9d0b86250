package dev.drawbridge.local.postgres;

import dev.drawbridge.local.process.Life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What PostgreSQL writes about itself into its data folder: its pid, and when it started. Whether
/// the process of that pid is still PostgreSQL is told by the two together.
record Postmaster(ProcessHandle process, Instant startedAt) {
    private static final int START_TIME_LINE = 2;
    private static final long TOLERANCE_S = 10;

    /// Empty when no process has that pid.
    static Optional<Postmaster> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            var startedAt =
                    Instant.ofEpochSecond(Long.parseLong(lines.get(START_TIME_LINE).strip()));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .map(process -> new Postmaster(process, startedAt));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    boolean isPostgres() {
        return Life.isIn(process) && startedThen() && command().endsWith("/postgres");
    }

    /// Surely no server, though the pid is taken: by what is left of a dead process, or by another
    /// program. One whose command is unknown may be a server.
    boolean isStale() {
        return !Life.isIn(process)
                || (!startedThen() && !command().isEmpty() && !command().endsWith("/postgres"));
    }

    private boolean startedThen() {
        return process.info()
                .startInstant()
                .filter(it ->
                        Math.abs(it.getEpochSecond() - startedAt.getEpochSecond()) <= TOLERANCE_S)
                .isPresent();
    }

    private String command() {
        return process.info().command().orElse("");
    }
}
