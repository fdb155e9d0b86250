package dev.drawbridge.local.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Tells what is being done and for how long: a live line on a terminal, plain lines elsewhere, so
/// that a log stays readable. Writes to standard error; standard output belongs to the summary.
public final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration REMINDER = Duration.ofSeconds(15);

    private final PrintStream out;
    private final boolean terminal;

    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// A sentence that stays.
    public synchronized void say(String line) {
        out.println(terminal ? CLEAR_LINE + line : line);
        out.flush();
    }

    /// Starts a step; close it, or say with [Step#done(String)] how it ended.
    public Step step(String doing) {
        return new Step(doing);
    }

    private synchronized void live(String line) {
        out.print(CLEAR_LINE + line);
        out.flush();
    }

    /// One step under way, with its own clock.
    public final class Step implements AutoCloseable {
        private final String doing;
        private final long startedNs = System.nanoTime();
        private final Thread ticker;

        private Step(String doing) {
            this.doing = doing;
            this.ticker = Thread.ofVirtual().start(this::tick);
        }

        public void done(String what) {
            stopTicking();
            say("[" + elapsed() + "] " + what);
        }

        @Override
        public void close() {
            if (stopTicking() && terminal) {
                live("");
            }
        }

        /// False when it had stopped before.
        private boolean stopTicking() {
            if (!ticker.isAlive()) {
                return false;
            }
            ticker.interrupt();
            try {
                ticker.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return true;
        }

        private void tick() {
            try {
                while (true) {
                    Thread.sleep(terminal ? TICK : REMINDER);
                    String line = "[" + elapsed() + "] " + doing + " …";
                    if (terminal) {
                        live(line);
                    } else {
                        say(line);
                    }
                }
            } catch (InterruptedException _) {
                // the step is over
            }
        }

        private String elapsed() {
            double seconds = (System.nanoTime() - startedNs) / 1e9;
            return String.format(Locale.ROOT, "%5.1f s", seconds);
        }
    }
}
