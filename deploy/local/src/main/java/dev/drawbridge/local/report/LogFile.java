package dev.drawbridge.local.report;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads what a process has written about itself.
public final class LogFile {
    private static final int LINES_SHOWN = 12;

    private LogFile() {}

    public static long size(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException failure) {
            throw LaunchException.because(log + " cannot be read", failure);
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
            throw LaunchException.because(log + " cannot be read", failure);
        }
    }

    /// What helps below a failure: the last lines that tell of trouble, or the last lines at all.
    public static String lastLines(String log) {
        var lines = log.lines().filter(line -> !line.isBlank()).map(LogLine::of).toList();
        var trouble = lines.stream().filter(LogLine::isTrouble).toList();
        var shown =
                last((trouble.isEmpty() ? lines : trouble).stream().map(LogLine::text).toList());
        return shown.isEmpty() ? " (its log is empty)" : "\n  " + String.join("\n  ", shown);
    }

    private static List<String> last(List<String> lines) {
        return last(lines, LINES_SHOWN);
    }

    public static List<String> last(List<String> lines, int count) {
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }
}
