package dev.drawbridge.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class UseTest {
    private final Limit limit = new Limit(Limit.Kind.TENANT, "one", "", 60, Duration.ofMinutes(1));

    @Test
    void what_is_left_is_told_with_the_time_until_all_is_there_again() {
        assertThat(Use.of(limit, 40)).isEqualTo(new Use(limit, 40, Duration.ofSeconds(20)));
    }

    @Test
    void nothing_is_left_in_debt_which_takes_its_time_to_be_paid() {
        assertThat(Use.of(limit, -10)).isEqualTo(new Use(limit, 0, Duration.ofSeconds(70)));
    }

    @Test
    void no_more_is_left_than_there_can_be() {
        assertThat(Use.of(limit, 72)).isEqualTo(new Use(limit, 60, Duration.ZERO));
    }
}
