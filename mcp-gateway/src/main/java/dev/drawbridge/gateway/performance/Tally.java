package dev.drawbridge.gateway.performance;

import org.HdrHistogram.AtomicHistogram;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Counts and times of calls that are alike: three kilobytes. Times are kept in tens of
/// microseconds up to ten minutes, so that a percentile is less than a fifteenth off.
final class Tally {
    private static final long UNIT_NANOS = 10_000;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10) / UNIT_NANOS;
    private static final long UNITS_PER_MS = 100;
    private static final double TAIL = 95;

    private final AtomicHistogram times = new AtomicHistogram(LONGEST, 1);
    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

    void add(Observed call, boolean isSlow) {
        calls.increment();
        if (call.failed()) {
            failures.computeIfAbsent(call.outcome(), _ -> new LongAdder()).increment();
        }
        if (!call.served()) {
            return;
        }
        nanos.add(call.servedNanos());
        times.recordValue(Math.min(call.servedNanos() / UNIT_NANOS, LONGEST));
        if (isSlow) {
            slow.increment();
        }
        if (call.cut()) {
            cut.increment();
        }
    }

    void add(Tally other) {
        calls.add(other.calls.sum());
        nanos.add(other.nanos.sum());
        slow.add(other.slow.sum());
        cut.add(other.cut.sum());
        times.add(other.times);
        other.failures.forEach((code, count) ->
                failures.computeIfAbsent(code, _ -> new LongAdder()).add(count.sum()));
    }

    Times times() {
        long served = times.getTotalCount();
        var errors = new TreeMap<String, Long>();
        failures.forEach((code, count) -> errors.put(code, count.sum()));
        return new Times(
                calls.sum(),
                served,
                served == 0 ? 0 : ms(nanos.sum() / UNIT_NANOS / served),
                ms(times.getValueAtPercentile(TAIL)),
                ms(times.getMaxValue()),
                slow.sum(),
                cut.sum(),
                errors.values().stream().mapToLong(Long::longValue).sum(),
                errors);
    }

    private static double ms(long units) {
        return (double) units / UNITS_PER_MS;
    }
}
