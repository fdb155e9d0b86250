package dev.drawbridge.local.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads what a process has written about itself.
public final class LogFile {
    private static final int LINES_SHOWN = 12;
    private static final int LINE_LENGTH_SHOWN = 400;

    private LogFile() {}

    public static long size(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What was written after the log had that size; all of it, if a new log was begun since.
    public static String since(Path log, long size) {
        if (!Files.exists(log)) {
            return "";
        }
        try (var channel = Files.newByteChannel(log)) {
            if (channel.size() >= size) {
                channel.position(size);
            }
            var bytes = Channels.newInputStream(channel).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The end of a log, as much as helps below a failure.
    public static String lastLines(String log) {
        var shown =
                last(log.lines().filter(line -> !line.isBlank()).toList(), LINES_SHOWN).stream()
                        .map(LogFile::shortened)
                        .toList();
        return shown.isEmpty() ? "(its log is empty)" : "\n  " + String.join("\n  ", shown);
    }

    public static List<String> last(List<String> lines, int count) {
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    private static String shortened(String line) {
        return line.length() <= LINE_LENGTH_SHOWN
                ? line
                : line.substring(0, LINE_LENGTH_SHOWN) + "…";
    }
}
