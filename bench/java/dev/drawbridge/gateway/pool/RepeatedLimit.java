package dev.drawbridge.gateway.pool;

import com.netflix.concurrency.limits.limit.AbstractLimit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A limit by how much slower statements have become that ran before: each is compared with its own
/// fastest run, so that long and short ones say the same. Samples are such ratios, in thousandths.
final class RepeatedLimit extends AbstractLimit {
    private static final long WINDOW_NANOS = 500_000_000L;
    private static final int LEAST_SAMPLES = 5;
    private static final double SLOW = 2_000;
    private static final double FAST = 1_500;
    private static final double CUT = 0.8;

    private final Map<String, Long> fastest = new ConcurrentHashMap<>();
    private final int most;
    private final int least;
    private long windowEnd = System.nanoTime() + WINDOW_NANOS;
    private double sum;
    private int samples;

    RepeatedLimit(int most, int least) {
        super(most);
        this.most = most;
        this.least = least;
    }

    /// How much longer a statement took than its fastest run did, in thousandths.
    long slower(String sql, long nanos) {
        long best = fastest.merge(sql, nanos, Math::min);
        return Math.max(1, nanos * 1_000 / best);
    }

    @Override
    protected int _update(long start, long ratio, int beside, boolean dropped) {
        sum += Math.log(ratio);
        samples++;
        if (System.nanoTime() < windowEnd || samples < LEAST_SAMPLES) {
            return getLimit();
        }
        double mean = Math.exp(sum / samples);
        sum = 0;
        samples = 0;
        windowEnd = System.nanoTime() + WINDOW_NANOS;
        if (mean > SLOW) {
            return Math.max(least, (int) (getLimit() * CUT));
        }
        return mean < FAST ? Math.min(most, getLimit() + 1) : getLimit();
    }
}
