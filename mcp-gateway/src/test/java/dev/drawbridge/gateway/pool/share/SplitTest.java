package dev.drawbridge.gateway.pool.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.stream.IntStream;

class SplitTest {
    @ParameterizedTest
    @CsvSource({
        "40, 40,          40",
        "40, 40 40,       20 20",
        "40, 5 40,        5 35",
        "40, 0 40 7,      0 33 7",
        "40, 40 40 40,    14 13 13",
        "10, 3 3 3,       3 3 3",
        "0,  4 4,         0 0",
    })
    void gives_what_is_wanted_and_the_rest_evenly(int budget, String wanted, String given) {
        assertThat(Split.of(budget, numbers(wanted), 0)).containsExactly(numbers(given));
    }

    @Test
    void what_is_too_little_for_all_goes_round() {
        int[] wanted = {4, 4, 0, 4};
        int[] turns = new int[wanted.length];
        for (int turn = 0; turn < wanted.length; turn++) {
            int[] given = Split.of(2, wanted, turn);
            IntStream.range(0, turns.length).forEach(i -> turns[i] += given[i]);
        }

        assertThat(turns[0]).isPositive();
        assertThat(turns[1]).isPositive();
        assertThat(turns[2]).isZero();
        assertThat(turns[3]).isPositive();
    }

    @Test
    void is_never_more_than_there_is_and_fair() {
        qt().forAll(
                        integers().between(0, 60),
                        lists().of(integers().between(0, 50)).ofSizeBetween(1, 8),
                        longs().between(0, 1_000_000_000L))
                .checkAssert((budget, list, turn) -> {
                    int[] wanted = list.stream().mapToInt(Integer::intValue).toArray();

                    int[] given = Split.of(budget, wanted, turn);

                    int sum = Arrays.stream(given).sum();
                    assertThat(sum).isEqualTo(Math.min(budget, Arrays.stream(wanted).sum()));
                    for (int i = 0; i < given.length; i++) {
                        assertThat(given[i]).isBetween(0, wanted[i]);
                        for (int other : given) {
                            assertThat(given[i] == wanted[i] || given[i] >= other - 1).isTrue();
                        }
                    }
                });
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.strip().split(" +")).mapToInt(Integer::parseInt).toArray();
    }
}
