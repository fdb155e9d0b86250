package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Texts that make a parser recurse, remember or look back a lot. Each gets a verdict at any
/// length, and the next text as well.
class PathologicalTextTest {
    private static final List<Integer> LENGTHS = List.of(1_000, 8_000, OneStatement.LONGEST);

    /// What begins, what is repeated as often as there is room, what follows, and what closes each.
    private static final List<Shape> SHAPES =
            List.of(
                    new Shape("select ", "(", "1", ")"),
                    new Shape("", "(", "select 1", ")"),
                    new Shape("select ", "(select ", "1", ")"),
                    new Shape("select * from ", "(select * from ", "t", ") q"),
                    new Shape("select ", "array[", "1", "]"),
                    new Shape("select ", "abs(", "1", ")"),
                    new Shape("select ", "case when true then ", "1", " end"),
                    new Shape("select case", " when 1 = 1 then 1", " end", ""),
                    new Shape("select ", "not ", "true", ""),
                    new Shape("select ", "- ", "1", ""),
                    new Shape("select ", "+", "1", ""),
                    new Shape("select ", "+/*", "1", "*/"),
                    new Shape("select 1", " + 1", "", ""),
                    new Shape("select 1", " and 1", "", ""),
                    new Shape("select 1", " = any (array[1]) or 1", "", ""),
                    new Shape("select 'a'", " || 'a'", "", ""),
                    new Shape("select 1", "::int", "", ""),
                    new Shape("select a", "[1]", "", ""),
                    new Shape("select (a)", ".b", "", ""),
                    new Shape("select 1 in (1", ", 1", ")", ""),
                    new Shape("select 1", ", 1", "", ""),
                    new Shape("values (1)", ", (1)", "", ""),
                    new Shape("select 1", " union select 1", "", ""),
                    new Shape("select 1", " union all (select 1", "", ")"),
                    new Shape("select 1 from a", " cross join a", "", ""),
                    new Shape("select 1 from a", ", a", "", ""),
                    new Shape("", "with a as (select 1) ", "select 1", ""),
                    new Shape("select ", "exists (select ", "1", ")"),
                    new Shape("explain select 1 where ", "1 in (select 1 where ", "true", ")"),
                    new Shape("select ", "row(", "1", ")"),
                    new Shape("select ", "(", "", ""),
                    new Shape("select ", ")", "", ""),
                    new Shape("", ";", "select 1", ""),
                    new Shape("select 1", ";", "", ""),
                    new Shape("select 1 ", "/*", "", "*/"),
                    new Shape("select 1 ", "/*", "", ""),
                    new Shape("select 1 ", "--\n", "", ""),
                    new Shape("select '", "''", "'", ""),
                    new Shape("select $a$", "$b$", "$a$", ""),
                    new Shape("select U&'", "\\0061", "'", ""),
                    new Shape("select \"", "\"\"", "\"", ""),
                    new Shape("select ", "a", "", ""),
                    new Shape("select ", "1", "", ""),
                    new Shape("select ", "$1", "", ""),
                    new Shape("select '", "\ud83d\ude00", "'", ""));

    private final Vertx vertx = Vertx.vertx();
    private final SqlGuard guard = new SqlGuard(vertx);

    private record Shape(String begin, String repeated, String middle, String closing) {
        String of(int length) {
            int times =
                    (length - begin.length() - middle.length())
                            / (repeated.length() + closing.length());
            return begin + repeated.repeat(times) + middle + closing.repeat(times);
        }
    }

    @AfterEach
    void stop() {
        guard.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @FieldSource("SHAPES")
    void every_text_gets_a_verdict(Shape shape) {
        for (int length : LENGTHS) {
            assertThat(isDecided(guard.read(shape.of(length)))).isTrue();
        }
        assertThat(await(guard.read("select 1")).text()).isEqualTo("select 1");
    }

    /// More long texts at once than may wait: those that find no room are told so, and when the
    /// others are through there is room again.
    @Test
    void a_crowd_of_long_texts_is_answered_or_sent_away() {
        List<Future<ReadOnlySql>> verdicts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            verdicts.add(guard.read("select " + i + ", 1".repeat(2_000)));
        }
        int read = 0;
        int sentAway = 0;
        for (Future<ReadOnlySql> verdict : verdicts) {
            Problem problem = problemOrNull(verdict);
            read += problem == null ? 1 : 0;
            sentAway += problem instanceof Problem.Overloaded ? 1 : 0;
        }

        assertThat(read + sentAway).isEqualTo(300);
        assertThat(read).isPositive();
        assertThat(sentAway).isPositive();
        assertThat(await(guard.read("select 'again'" + ", 1".repeat(20_000))).pageable()).isTrue();
    }

    private static boolean isDecided(Future<ReadOnlySql> verdict) {
        Problem problem = problemOrNull(verdict);
        return problem == null || problem instanceof Problem.QueryRejected;
    }

    private static Problem problemOrNull(Future<ReadOnlySql> verdict) {
        try {
            await(verdict);
            return null;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof ProblemException known) {
                return known.problem();
            }
            throw failure;
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
