package dev.drawbridge.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Replicas at one bucket, by a clock by hand.
class AllotmentTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// Three replicas, what they share, and when each unit was spent.
    private static final class World implements TimeMeter {
        private final Limit limit;
        private final Bucket bucket;
        private final List<Allotment> replicas;
        private final List<Long> spent = new ArrayList<>();
        private long now = 1_000_000_000_000L;
        private long latency;

        World(long amount) {
            this.limit = new Limit(Limit.Kind.TENANT, "one", "", amount, MINUTE);
            this.bucket =
                    Bucket.builder()
                            .addLimit(
                                    Bandwidth.builder()
                                            .capacity(amount)
                                            .refillGreedy(amount, MINUTE)
                                            .build())
                            .withCustomTimePrecision(this)
                            .build();
            this.replicas = IntStream.range(0, 3).mapToObj(_ -> new Allotment(limit)).toList();
        }

        /// Spends as [Limits] does: what is held, else what there is, asking ahead.
        boolean spend(int replica, long units) {
            Allotment allotment = replicas.get(replica);
            Allotment.Spent outcome = allotment.spend(units, now);
            if (outcome == Allotment.Spent.NO) {
                if (allotment.emptyFor(now) > 0) {
                    return false;
                }
                ask(allotment, 0);
                return spend(replica, units);
            }
            if (outcome == Allotment.Spent.YES_AND_LOW) {
                ask(allotment, latency);
            }
            IntStream.range(0, (int) units).forEach(_ -> spent.add(now));
            return true;
        }

        private void ask(Allotment allotment, long latency) {
            long asked = now;
            var order = allotment.begin(new CompletableFuture<>(), asked);
            if (order != null) {
                Grant grant = SharedBuckets.grant(bucket, limit, order);
                now += latency;
                allotment.end(order, grant, asked, now);
            }
        }

        void pass(Duration time) {
            now += time.toNanos();
        }

        /// Whether one bucket that nobody had held anything of would have let all of this through.
        boolean keepsTheLimit() {
            for (int first = 0; first < spent.size(); first++) {
                for (int last = first; last < spent.size(); last++) {
                    double most =
                            limit.amount() + (spent.get(last) - spent.get(first)) / limit.each();
                    if (last - first + 1 > most + 1e-3) {
                        return false;
                    }
                }
            }
            return true;
        }

        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Test
    void replicas_together_never_spend_more_than_one_bucket_lets_through_in_any_span() {
        for (long amount : new long[] {1, 7, 64, 65, 300}) {
            qt().withExamples(300)
                    .forAll(lists().of(integers().between(0, 29)).ofSizeBetween(1, 120))
                    .check(steps -> {
                        var world = new World(amount);
                        world.latency = 3_000_000;
                        for (int step : steps) {
                            if (step % 10 == 9) {
                                world.pass(Duration.ofMillis(step * 100L));
                            }
                            for (int i = 0; i <= step % 7; i++) {
                                world.spend(step / 10, 1);
                            }
                        }
                        return world.keepsTheLimit();
                    });
        }
    }

    @Test
    void all_of_it_is_there_at_once() {
        for (long amount : new long[] {1, 3, 64, 65, 1_000, 77_777}) {
            var world = new World(amount);
            long spent = 0;
            while (world.spend(0, 1)) {
                spent++;
            }
            assertThat(spent).isBetween(amount - amount / 1_000, amount);
        }
    }

    @Test
    void who_waits_as_long_as_it_is_told_gets_through_if_it_is_alone() {
        for (long amount : new long[] {1, 3, 64, 65, 5_000}) {
            var world = new World(amount);
            for (int i = 0; i < 20; i++) {
                while (world.spend(0, 1)) {
                    assertThat(world.spent.size()).isLessThan(200_000);
                }
                long wait = world.replicas.get(0).emptyFor(world.now);
                assertThat(wait).isPositive();
                world.pass(Duration.ofNanos(wait));
                assertThat(world.spend(0, 1)).as(amount + ", round " + i).isTrue();
            }
        }
    }

    @Test
    void a_small_limit_is_exact_to_the_unit_over_all_replicas() {
        var world = new World(10);
        long spent = IntStream.range(0, 30).filter(i -> world.spend(i % 3, 1)).count();

        assertThat(spent).isEqualTo(10);
    }

    @Test
    void a_replica_that_falls_idle_holds_nothing_back_for_longer_than_it_would_fill() {
        var world = new World(300);
        assertThat(world.spend(0, 1)).isTrue();
        long held = world.replicas.get(0).held(world.now);
        assertThat(held).isGreaterThan(50);

        world.pass(MINUTE.dividedBy(3));

        assertThat(world.replicas.get(0).held(world.now)).isZero();
        int spent = 0;
        while (world.spend(1, 1)) {
            spent++;
        }
        assertThat(spent).isBetween(299, 300);
    }

    @Test
    void what_was_used_already_is_a_debt_that_is_paid_before_the_next() {
        var world = new World(100);
        Allotment allotment = world.replicas.getFirst();
        assertThat(world.spend(0, 1)).isTrue();
        allotment.charge(250, world.now);

        assertThat(world.spend(0, 1)).isFalse();
        assertThat(world.spend(1, 1)).isFalse();
        long wait = allotment.emptyFor(world.now);
        assertThat(Duration.ofNanos(wait))
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(93));
        world.pass(Duration.ofNanos(wait));
        assertThat(world.spend(0, 1)).isTrue();
    }

    @Test
    void what_was_spent_for_nothing_is_given_back() {
        var world = new World(1);
        assertThat(world.spend(0, 1)).isTrue();
        world.replicas.getFirst().giveBack(1);

        assertThat(world.spend(0, 1)).isTrue();
        assertThat(world.spend(0, 1)).isFalse();
    }
}
