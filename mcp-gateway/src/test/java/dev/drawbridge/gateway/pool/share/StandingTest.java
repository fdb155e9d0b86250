package dev.drawbridge.gateway.pool.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

class StandingTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long now = System.nanoTime();

    @Test
    void lapses_before_the_others_take_it_for_dead_and_is_somebody_else_then() {
        var silent = standing(3, now - 5 * SECOND);

        assertThat(standing(3, now - 4 * SECOND).hasLapsed()).isFalse();
        assertThat(silent.hasLapsed()).isTrue();
        assertThat(silent.lapsed().id()).isNotEqualTo(silent.id());
        assertThat(silent.lapsed().isAway()).isTrue();
        assertThat(silent.lapsed().hasLapsed()).isFalse();
    }

    @Test
    void has_an_equal_part_while_it_is_away_and_all_where_it_was_alone() {
        assertThat(standing(3, now).lapsed().equalPart(40)).isEqualTo(13);
        assertThat(standing(1, now).lapsed().equalPart(40)).isEqualTo(40);
    }

    @Test
    void takes_no_more_than_that_until_the_others_are_back() {
        var back = standing(2, now - 9 * SECOND).lapsed().heardOf(now, 1);

        assertThat(back.joined()).isTrue();
        assertThat(back.bounded(40, 40)).isEqualTo(20);
        assertThat(back.heardOf(now + 3 * SECOND, 1).bounded(40, 40)).isEqualTo(20);
        assertThat(back.heardOf(now + 7 * SECOND, 1).bounded(40, 40)).isEqualTo(40);
    }

    @Test
    void is_not_away_before_it_was_there() {
        assertThat(Standing.fresh().isAway()).isFalse();
        assertThat(Standing.fresh().heardOf(now, 4).bounded(40, 40)).isEqualTo(40);
    }

    private static Standing standing(int known, long beatAt) {
        return new Standing(UUID.randomUUID(), true, known, beatAt, 0);
    }
}
