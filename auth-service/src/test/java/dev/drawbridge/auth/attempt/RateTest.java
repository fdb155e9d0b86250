package dev.drawbridge.auth.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class RateTest {

    @Test
    void is_a_count_and_a_time() {
        assertThat(Rate.parse("60/5m")).isEqualTo(new Rate(60, Duration.ofMinutes(5)));
        assertThat(Rate.parse(" 1 / 24h ")).isEqualTo(new Rate(1, Duration.ofDays(1)));
        assertThat(Rate.parse("60/5m").interval()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "0/1m", "-1/1m", "60/", "/1m", "x/1m", "60/soon", "9999/1s"})
    void is_nothing_else(String text) {
        assertThatThrownBy(() -> Rate.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
