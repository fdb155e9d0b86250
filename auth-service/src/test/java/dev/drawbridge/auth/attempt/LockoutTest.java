package dev.drawbridge.auth.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class LockoutTest {
    private static final Lockout LOCKOUT =
            new Lockout(10, Duration.ofMinutes(1), Duration.ofHours(1));

    @Test
    void doubles_from_the_tenth_failure_to_its_longest() {
        assertThat(LOCKOUT.after(9)).isZero();
        assertThat(LOCKOUT.after(10)).isEqualTo(Duration.ofMinutes(1));
        assertThat(LOCKOUT.after(11)).isEqualTo(Duration.ofMinutes(2));
        assertThat(LOCKOUT.after(15)).isEqualTo(Duration.ofMinutes(32));
        assertThat(LOCKOUT.after(16)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void never_shrinks_and_never_overflows() {
        qt().forAll(integers().between(1, Integer.MAX_VALUE - 1))
                .checkAssert(inARow ->
                        assertThat(LOCKOUT.after(inARow + 1))
                                .isGreaterThanOrEqualTo(LOCKOUT.after(inARow))
                                .isLessThanOrEqualTo(Duration.ofHours(1)));
    }
}
