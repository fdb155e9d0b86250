package dev.drawbridge.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// All that is logged while it is open: of one category at every level, of the others what they let
/// through. Each line has the parameters of its message, and of what was thrown the causes too.
public final class LogReader implements AutoCloseable {
    private static final String FIRST = "the log is read";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Logger category;
    private final Level before;
    private final Handler handler = new Reader();

    private LogReader(Logger category) {
        this.category = category;
        this.before = category.getLevel();
    }

    /// Begins to read. Fails when it does not see what is logged below the usual level: what reads
    /// nothing finds nothing.
    public static LogReader of(String category) {
        var reader = new LogReader(Logger.getLogger(category));
        reader.handler.setLevel(Level.ALL);
        reader.root.addHandler(reader.handler);
        reader.category.setLevel(Level.ALL);
        reader.category.fine(FIRST);
        if (reader.lines.stream().noneMatch(line -> line.contains(FIRST))) {
            reader.close();
            throw new IllegalStateException("nothing of the log is seen");
        }
        return reader;
    }

    /// What was read, a reader's own first line too.
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        category.setLevel(before);
        root.removeHandler(handler);
    }

    private final class Reader extends Handler {
        @Override
        public void publish(LogRecord event) {
            var line = new StringWriter();
            line.append(event.getLoggerName() + " " + event.getMessage() + " ");
            line.append(Arrays.deepToString(event.getParameters()));
            if (event.getThrown() != null) {
                event.getThrown().printStackTrace(new PrintWriter(line));
            }
            lines.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
