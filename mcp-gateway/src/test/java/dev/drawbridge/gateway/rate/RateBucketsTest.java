package dev.drawbridge.gateway.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class RateBucketsTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Rate RATE = new Rate(10, WINDOW);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - WINDOW.toNanos());
    private final RateBuckets<String> buckets = new RateBuckets<>(clock::get);

    @Test
    void so_many_attempts_are_there_and_come_back_one_by_one() {
        spendAll("dana");

        assertThat(buckets.spend("dana", RATE)).isEqualTo(Duration.ofMinutes(1));
        clock.addAndGet(Duration.ofSeconds(45).toNanos());
        assertThat(buckets.spend("dana", RATE)).isEqualTo(Duration.ofSeconds(15));
        clock.addAndGet(Duration.ofSeconds(15).toNanos());
        assertThat(buckets.spend("dana", RATE)).isZero();
        assertThat(buckets.spend("dana", RATE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void after_the_window_all_are_there_again() {
        spendAll("dana");
        clock.addAndGet(WINDOW.toNanos());

        spendAll("dana");
        assertThat(buckets.spend("dana", RATE)).isPositive();
    }

    @Test
    void one_key_takes_nothing_from_another() {
        spendAll("dana");
        assertThat(buckets.spend("dana", RATE)).isPositive();

        spendAll("erin");
    }

    @Test
    void what_is_given_back_can_be_spent_again() {
        spendAll("dana");
        buckets.refund("dana", RATE);

        assertThat(buckets.spend("dana", RATE)).isZero();
        assertThat(buckets.spend("dana", RATE)).isPositive();
        buckets.refund("nobody", RATE);
    }

    @Test
    void whatever_the_pace_no_more_than_the_first_ones_and_one_a_pause_get_through() {
        qt().forAll(lists().of(integers().between(0, 200)).ofSizeBetween(1, 200))
                .check(pauses -> {
                    var now = new AtomicLong(-5);
                    var fresh = new RateBuckets<String>(now::get);
                    long passed = 0;
                    long let = 0;
                    for (int seconds : pauses) {
                        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
                        passed += seconds;
                        let += fresh.spend("dana", RATE).isZero() ? 1 : 0;
                    }
                    return let <= 10 + passed / 60 + 1 && let >= Math.min(10, pauses.size());
                });
    }

    private void spendAll(String key) {
        for (int i = 0; i < 10; i++) {
            assertThat(buckets.spend(key, RATE)).isZero();
        }
    }
}
