package dev.drawbridge.gateway.pool;

/// How long calls waited for a session: counted in powers of two of a microsecond. Not safe for use
/// by several threads at once.
public final class WaitTimes {
    private static final int BUCKETS = 28;
    private static final int MICRO = 1_000;
    private static final double HALF = 0.5;
    private static final double MOST = 0.95;
    private static final double NEARLY_ALL = 0.99;

    private final long[] counts = new long[BUCKETS];
    private long all;
    private long longest;

    /// Counts one.
    public void add(long nanos) {
        long micros = nanos / MICRO;
        int bucket = Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(micros));
        counts[bucket]++;
        all++;
        longest = Math.max(longest, micros);
    }

    /// What there is so far.
    public Summary snapshot() {
        return new Summary(all, below(HALF), below(MOST), below(NEARLY_ALL), longest);
    }

    /// The least power of two that so many were not above.
    private long below(double part) {
        long rank = (long) Math.ceil(all * part);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return i == 0 ? 0 : Math.min(longest, 1L << i);
            }
        }
        return 0;
    }

    /// Waits in microseconds, each but the longest rounded up to a power of two.
    ///
    /// @param count of calls that got a session
    public record Summary(long count, long p50Us, long p95Us, long p99Us, long maxUs) {}
}
