package dev.drawbridge.gateway.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Counts what each key spends of a rate, in the memory of one number a key: the time at which it
/// has its first one back, plus what it spent since (generic cell rate algorithm, ITU-T I.371). In
/// this process only; a key that has everything back is forgotten.
///
/// @param <K> what is counted for
public final class RateBuckets<K> {
    private static final int MOST_KEYS = 100_000;

    private final Cache<K, Long> spentUntil;
    private final LongSupplier nanos;

    public RateBuckets() {
        this(System::nanoTime);
    }

    /// @param nanos a clock that never goes back
    RateBuckets(LongSupplier nanos) {
        this.nanos = nanos;
        this.spentUntil =
                Caffeine.newBuilder()
                        .maximumSize(MOST_KEYS)
                        .expireAfter(Expiry.writing((K _, Long until) -> left(until)))
                        .executor(Runnable::run)
                        .ticker(nanos::getAsLong)
                        .build();
    }

    /// Spends one.
    ///
    /// @return zero, or how long to wait for the next one, when there is none to spend
    public Duration spend(K key, Rate rate) {
        long now = nanos.getAsLong();
        long each = rate.interval().toNanos();
        long all = each * rate.count();
        var wait = new long[1];
        spentUntil
                .asMap()
                .compute(
                        key,
                        (_, known) -> {
                            long before = known == null || known - now < 0 ? now : known;
                            wait[0] = Math.max(0, before + each - now - all);
                            return wait[0] == 0 ? before + each : before;
                        });
        return Duration.ofNanos(wait[0]);
    }

    /// Gives one back.
    public void refund(K key, Rate rate) {
        long each = rate.interval().toNanos();
        spentUntil.asMap().computeIfPresent(key, (_, known) -> known - each);
    }

    private Duration left(long until) {
        return Duration.ofNanos(Math.max(0, until - nanos.getAsLong()));
    }
}
