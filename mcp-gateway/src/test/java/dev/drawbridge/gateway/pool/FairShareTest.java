package dev.drawbridge.gateway.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class FairShareTest {
    @Test
    void everybody_gets_what_they_want_when_there_is_enough() {
        assertThat(share(10, new int[] {3, 0, 5}, new int[] {1, 4, 2})).containsExactly(3, 0, 5);
    }

    @Test
    void what_is_scarce_goes_by_weight() {
        assertThat(share(14, new int[] {50, 50, 50}, new int[] {1, 2, 4})).containsExactly(2, 4, 8);
    }

    @Test
    void what_one_does_not_want_is_for_the_others() {
        assertThat(share(10, new int[] {50, 50, 1}, new int[] {1, 1, 4}))
                .satisfies(shares -> assertThat(shares[2]).isEqualTo(1))
                .satisfies(shares -> assertThat(shares[0] + shares[1]).isEqualTo(9));
    }

    /// Max-min fairness: nobody who lacks is lower, by weight, than somebody has to spare.
    @Test
    void nobody_lacks_while_another_has_more_by_weight() {
        qt().forAll(
                        integers().between(0, 60),
                        lists().of(integers().between(0, 30)).ofSizeBetween(0, 12))
                .check(FairShareTest::isFair);
    }

    private static boolean isFair(int all, List<Integer> wanted) {
        int[] wants = wanted.stream().mapToInt(Integer::intValue).toArray();
        int[] weights = new int[wants.length];
        for (int i = 0; i < wants.length; i++) {
            weights[i] = 1 << (i % 3);
        }
        int[] shares = share(all, wants, weights);
        int most = Math.min(all, Arrays.stream(wants).sum());
        boolean fair = Arrays.stream(shares).sum() == most;
        for (int i = 0; i < wants.length; i++) {
            for (int j = 0; j < wants.length; j++) {
                boolean lacks = shares[i] < wants[i];
                fair &= !lacks || shares[j] == 0 || isLevel(shares, weights, i, j);
            }
            fair &= shares[i] <= wants[i];
        }
        return fair;
    }

    /// One session less for j would put it below what i has with one more.
    private static boolean isLevel(int[] shares, int[] weights, int i, int j) {
        return shares[j] * weights[i] <= (shares[i] + 1) * weights[j];
    }

    private static int[] share(int all, int[] wants, int[] weights) {
        return FairShare.of(all, wants, weights);
    }
}
