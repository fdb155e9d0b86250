package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// What analysts write, changed at random, with a call of `set_config` put in. The grammar decides
/// each, and must refuse the call wherever [Scanner], a reader of its own, sees one.
class GuardFuzzTest {
    /// More of them, elsewhere: `-Ddrawbridge.fuzz.statements=1000000 -Ddrawbridge.fuzz.seed=…`.
    private static final int STATEMENTS = Integer.getInteger("drawbridge.fuzz.statements", 8_000);

    private static final long SEED = Long.getLong("drawbridge.fuzz.seed", 20_261_127L);

    /// By the names of its arguments: otherwise it might be a type, as `numeric(10, 2)`.
    private static final String ARGUMENTS =
            "(setting_name => 'drawbridge.x', new_value => '1', is_local => true)";

    private static final String CALL = "set_config" + ARGUMENTS;
    private static final List<String> CORPUS =
            AnalyticsStatement.corpus().stream().map(AnalyticsStatement::sql).toList();
    private static final List<String> CALLS =
            List.of(
                    CALL,
                    ", " + CALL,
                    " where " + CALL + " <> ''",
                    "(select " + CALL + ")",
                    "pg_catalog." + CALL,
                    "U&\"set\\005fconfig\"" + ARGUMENTS,
                    "\"set_config\"" + ARGUMENTS,
                    " from " + CALL + " ",
                    " order by " + CALL);

    private final Random random = new Random(SEED);
    private final Mutator mutator =
            new Mutator(
                    random,
                    () -> Mutator.any(random, CORPUS),
                    Stream.of(CALLS, Mutator.DANGERS).flatMap(List::stream).toList());
    private int accepted;
    private int calls;

    @Test
    void every_call_that_another_reader_sees_is_refused() {
        for (int i = 0; i < STATEMENTS; i++) {
            judge(mutator.next());
        }

        System.out.printf(
                "guard fuzz: %d statements, %d accepted, %d with a call, all of them refused%n",
                STATEMENTS, accepted, calls);
        assertThat(accepted).isGreaterThan(STATEMENTS / 100);
        assertThat(calls).isGreaterThan(STATEMENTS / 20);
    }

    private void judge(String sql) {
        Optional<ReadOnlySql> verdict = verdict(sql);
        boolean called = isCalled(sql);
        calls += called ? 1 : 0;
        verdict.ifPresent(read -> {
            accepted++;
            assertThat(called).as(sql).isFalse();
            assertThat(verdict(read.text())).as(sql).contains(read);
            assertThat(!read.pageable() || verdict("explain " + read.text()).isPresent())
                    .as(sql)
                    .isTrue();
        });
    }

    private static Optional<ReadOnlySql> verdict(String sql) {
        try {
            return Optional.of(ReadOnlySql.parse(sql));
        } catch (ProblemException refused) {
            assertThat(refused.problem()).isInstanceOf(Problem.QueryRejected.class);
            assertThat(refused.problem().position())
                    .as(sql)
                    .isBetween(0, 1 + sql.codePointCount(0, sql.length()));
            return Optional.empty();
        }
    }

    private static boolean isCalled(String sql) {
        List<Token> tokens;
        try {
            tokens = Scanner.scan(sql);
        } catch (ProblemException unreadable) {
            return false;
        }
        for (int i = 0; i + 4 < tokens.size(); i++) {
            if (tokens.get(i).isName()
                    && tokens.get(i).text().equals("set_config")
                    && tokens.get(i + 1).isSymbol('(')
                    && tokens.get(i + 2).isName()
                    && tokens.get(i + 3).isSymbol('=')
                    && tokens.get(i + 4).isSymbol('>')) {
                return true;
            }
        }
        return false;
    }
}
