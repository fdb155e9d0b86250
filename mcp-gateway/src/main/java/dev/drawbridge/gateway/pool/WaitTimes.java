package dev.drawbridge.gateway.pool;

import org.HdrHistogram.Histogram;

import java.util.concurrent.TimeUnit;

/// How long calls waited for a session: three kilobytes. Not safe for use by several threads at
/// once.
public final class WaitTimes {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(10);
    private static final double HALF = 50;
    private static final double MOST = 95;
    private static final double NEARLY_ALL = 99;

    private final Histogram micros = new Histogram(LONGEST, 1);

    /// Counts one.
    public void add(long nanos) {
        micros.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST));
    }

    /// What there is so far.
    public Summary snapshot() {
        return new Summary(
                micros.getTotalCount(),
                micros.getValueAtPercentile(HALF),
                micros.getValueAtPercentile(MOST),
                micros.getValueAtPercentile(NEARLY_ALL),
                micros.getMaxValue());
    }

    /// Waits in microseconds, rounded up by less than a fifteenth.
    ///
    /// @param count of calls that got a session
    public record Summary(long count, long p50Us, long p95Us, long p99Us, long maxUs) {}
}
