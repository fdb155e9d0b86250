package dev.drawbridge.gateway.pool.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import dev.drawbridge.gateway.pool.FairShare;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Replicas that claim their parts one after the other, as the lock in the datastore lets them.
class ClaimsTest {
    private static final int STEPS = 300;

    /// A few replicas, and what is on record of them.
    private static final class World {
        private final int budget;
        private final Random random;
        private final int[] wanted;
        private final int[] size;
        private final int[] open;
        private final int[] held;

        World(int budget, int replicas, long seed) {
            this.budget = budget;
            this.random = new Random(seed);
            this.wanted = new int[replicas];
            this.size = new int[replicas];
            this.open = new int[replicas];
            this.held = new int[replicas];
        }

        void step() {
            int i = random.nextInt(size.length);
            switch (random.nextInt(5)) {
                case 0 -> wanted[i] = random.nextInt(budget + 1);
                case 1 -> open[i] = Math.max(open[i], random.nextInt(size[i] + 1));
                case 2 -> open[i] = random.nextInt(open[i] + 1);
                default -> claim(i);
            }
        }

        void claim(int i) {
            size[i] = claims(i).allowance(budget, wanted[i], open[i]);
            held[i] = Math.max(size[i], held[i]);
            assertThat(IntStream.of(held).sum()).isLessThanOrEqualTo(budget);
            held[i] = Math.max(size[i], open[i]);
        }

        private Claims claims(int place) {
            return new Claims(
                    IntStream.range(0, size.length)
                            .filter(i -> i != place)
                            .mapToObj(i -> new Claims.Claim(held[i], wanted[i]))
                            .toList(),
                    place,
                    0);
        }

        /// Everybody claims, and closes what is open beyond its part.
        void settle() {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < size.length; i++) {
                    claim(i);
                    open[i] = Math.min(open[i], size[i]);
                    claim(i);
                }
            }
        }
    }

    @Test
    void are_never_more_than_the_budget_together() {
        worlds((world, _) -> {
            for (int i = 0; i < STEPS; i++) {
                world.step();
                assertThat(IntStream.of(world.held).sum()).isLessThanOrEqualTo(world.budget);
                for (int each = 0; each < world.open.length; each++) {
                    assertThat(world.open[each]).isLessThanOrEqualTo(world.held[each]);
                }
            }
        });
    }

    @Test
    void end_with_a_fair_part_for_each() {
        worlds((world, replicas) -> {
            IntStream.range(0, STEPS).forEach(_ -> world.step());

            world.settle();

            int[] weights = new int[replicas];
            Arrays.fill(weights, 1);
            int[] fair = FairShare.of(world.budget, world.wanted, weights);
            for (int i = 0; i < replicas; i++) {
                assertThat(world.size[i]).isGreaterThanOrEqualTo(fair[i]);
            }
        });
    }

    @Test
    void leave_what_is_open_to_who_has_it_while_nobody_else_wants_it() {
        var claims = new Claims(List.of(new Claims.Claim(5, 5)), 0, 0);

        assertThat(claims.allowance(40, 1, 30)).isEqualTo(30);
    }

    @Test
    void go_round_where_there_are_fewer_sessions_than_replicas() {
        var other = new Claims.Claim(0, 4);
        int mine = 0;
        for (int turn = 0; turn < 3; turn++) {
            mine += new Claims(List.of(other, other), 1, turn).allowance(1, 4, 0);
        }

        assertThat(mine).isEqualTo(1);
    }

    @Test
    void know_what_could_be_had_of_others_that_use_little() {
        assertThat(new Claims(List.of(new Claims.Claim(5, 3)), 0, 0).reach(40)).isEqualTo(37);
    }

    @Test
    void take_of_what_is_not_used_no_more_than_others_want() {
        var claims = new Claims(List.of(new Claims.Claim(10, 15)), 0, 0);

        assertThat(claims.allowance(40, 1, 30)).isEqualTo(25);
        assertThat(claims.isAnyoneShort(40, 1)).isTrue();
    }

    private interface Check {
        void on(World world, int replicas);
    }

    private static void worlds(Check check) {
        qt().forAll(
                        integers().between(1, 50),
                        integers().between(1, 6),
                        longs().between(0, Long.MAX_VALUE))
                .checkAssert((budget, replicas, seed) ->
                        check.on(new World(budget, replicas, seed), replicas));
    }
}
