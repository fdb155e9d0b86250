package dev.drawbridge.auth;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Reads along with everything that is logged, until it is closed.
public final class LogReader extends Handler {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogReader() {}

    public static LogReader start() {
        var reader = new LogReader();
        ROOT.addHandler(reader);
        return reader;
    }

    /// Names of loggers, messages with their parameters, and stacks.
    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord event) {
        String parameters = Arrays.toString(event.getParameters());
        lines.add(event.getLoggerName() + " " + event.getMessage() + " " + parameters);
        if (event.getThrown() != null) {
            var stack = new StringWriter();
            event.getThrown().printStackTrace(new PrintWriter(stack));
            lines.add(stack.toString());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
