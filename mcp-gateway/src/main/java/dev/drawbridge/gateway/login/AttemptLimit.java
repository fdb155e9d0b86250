package dev.drawbridge.gateway.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.function.LongSupplier;

/// So many attempts in a window for each key, in the memory of one number a key: the time at which
/// it has its first attempt back, plus what it spent since (generic cell rate algorithm, ITU-T
/// I.371). A key that spent everything gets one attempt back every `window / attempts`.
///
/// @param <K> what attempts are counted for
final class AttemptLimit<K> {
    private static final int MOST_KEYS = 100_000;

    private final Cache<K, Long> spentUntil;
    private final long each;
    private final long window;
    private final LongSupplier nanos;

    AttemptLimit(int attempts, Duration window) {
        this(attempts, window, System::nanoTime);
    }

    /// @param nanos a clock that never goes back
    AttemptLimit(int attempts, Duration window, LongSupplier nanos) {
        this.each = window.toNanos() / attempts;
        this.window = each * attempts;
        this.nanos = nanos;
        this.spentUntil =
                Caffeine.newBuilder()
                        .maximumSize(MOST_KEYS)
                        .expireAfterWrite(window)
                        .executor(Runnable::run)
                        .ticker(nanos::getAsLong)
                        .build();
    }

    /// Spends an attempt.
    ///
    /// @return zero, or how long to wait for the next one, when there is none to spend
    Duration spend(K key) {
        long now = nanos.getAsLong();
        var wait = new long[1];
        spentUntil
                .asMap()
                .compute(
                        key,
                        (_, known) -> {
                            long before = known == null || known - now < 0 ? now : known;
                            wait[0] = Math.max(0, before + each - now - window);
                            return wait[0] == 0 ? before + each : before;
                        });
        return Duration.ofNanos(wait[0]);
    }

    /// Gives an attempt back.
    void refund(K key) {
        spentUntil.asMap().computeIfPresent(key, (_, known) -> known - each);
    }
}
