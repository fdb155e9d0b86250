package dev.drawbridge.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What is logged until this is closed.
public final class LogLines extends Handler implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        Logger.getLogger("").addHandler(this);
    }

    /// Those that hold this, in their text, its parts, or what was thrown.
    public List<String> about(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void publish(LogRecord line) {
        Object[] parts = line.getParameters();
        lines.add(
                line.getMessage()
                        + (parts == null ? "" : List.of(parts))
                        + (line.getThrown() == null ? "" : line.getThrown()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
