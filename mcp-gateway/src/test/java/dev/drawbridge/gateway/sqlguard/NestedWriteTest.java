package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.atomic.AtomicBoolean;

class NestedWriteTest {
    /// On as small a stack as one may have.
    @ParameterizedTest
    @ValueSource(strings = {"not ", "(", "1+", "- ", "case when true then ", "a and not "})
    void what_is_deep_is_decided_too(String piece) throws InterruptedException {
        for (int depth : new int[] {50, 190, 1_000, 60_000 / piece.length()}) {
            var decided = new AtomicBoolean();
            String sql = "delete from t where " + piece.repeat(depth) + "x";
            Thread.ofPlatform()
                    .stackSize(512 * 1_024)
                    .start(() -> decided.set(isDecided(sql)))
                    .join();

            assertThat(decided).as(depth + " times " + piece).isTrue();
        }
    }

    /// The command itself is the first of them, and the name in the column the last.
    @Test
    void two_hundred_nodes_may_stand_in_one_another() {
        String begin = "delete from t where ";

        assertThat(WriteSql.parse(begin + "not ".repeat(198) + "x", WriteMode.DML)).isNotNull();
        assertThatThrownBy(() -> WriteSql.parse(begin + "not ".repeat(199) + "x", WriteMode.DML))
                .hasMessageContaining("nested more than 200 deep");
    }

    private static boolean isDecided(String sql) {
        try {
            WriteSql.parse(sql, WriteMode.DML);
            return true;
        } catch (ProblemException rejected) {
            return rejected.problem() instanceof Problem.QueryRejected;
        }
    }
}
