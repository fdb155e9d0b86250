package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Staging;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// What is staged for a statement, and a ROLLBACK would leave, is gone afterwards.
class StagingTest extends TargetPoolCase {
    static final Staging PREPARED =
            new Staging(
                    List.of(
                            Staging.Own.of("select pg_advisory_lock_shared($1::bigint)", 4715),
                            Staging.Own.of("prepare staged as select 7")),
                    List.of("deallocate staged"));

    static final String LEFT = "select count(*) from pg_prepared_statements where name = 'staged'";

    private TargetPool one;

    @BeforeEach
    void open() {
        one = targets(config()).trial(single(), "postgres");
    }

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void it_is_there_for_the_statement_and_its_rows_come_first() {
        List<List<@Nullable Object>> rows =
                await(staged(PREPARED, "explain (format json) execute staged"));

        assertThat(rows).hasSize(2);
        assertThat(rows.getLast().toString()).contains("Result");
        assertThat(left()).isZero();
    }

    @Test
    void it_is_gone_after_a_failure_and_the_session_goes_on() {
        long before = pid();

        assertThat(problem(staged(PREPARED, "select 1 / 0")).code()).isEqualTo("DATABASE_ERROR");

        assertThat(left()).isZero();
        assertThat(pid()).isEqualTo(before);
    }

    @Test
    void it_is_gone_after_the_statement_ran_too_long() {
        assertThat(problem(staged(PREPARED, "select pg_sleep(10)")))
                .isEqualTo(new Problem.QueryTimeout(Duration.ofSeconds(3)));

        assertThat(left()).isZero();
    }

    @Test
    void a_session_ends_of_which_it_is_not_known() {
        long before = pid();
        var half =
                new Staging(
                        List.of(Staging.Own.of("prepare staged as select nope from nowhere")),
                        List.of("deallocate staged"));

        assertThat(problem(staged(half, "select 1")).code()).isEqualTo("DATABASE_ERROR");

        assertThat(pid()).isNotEqualTo(before);
    }

    @Test
    void a_mistake_in_what_undoes_it_ends_the_session_too() {
        long before = pid();
        var half =
                new Staging(
                        List.of(Staging.Own.of("prepare staged as select 7")),
                        List.of("deallocate other"));

        problem(staged(half, "select 1"));

        assertThat(pid()).isNotEqualTo(before);
        assertThat(left()).isZero();
    }

    @Test
    void what_is_staged_one_after_another_is_undone_the_other_way_round() {
        var more = new Staging(List.of(Staging.Own.of("select 2")), List.of("select 'second'"));

        Staging both = PREPARED.then(more);

        assertThat(both.before()).hasSize(3);
        assertThat(both.after()).containsExactly("select 'second'", "deallocate staged");
    }

    private long left() {
        return number(LEFT);
    }

    private long pid() {
        return number("select pg_backend_pid()");
    }

    private long number(String sql) {
        var rows = await(one.values(nobody, statement(sql, 0, 10), new CancelSignal()));
        return Long.parseLong(String.valueOf(rows.getFirst().getFirst()));
    }

    private Future<List<List<@Nullable Object>>> staged(Staging staging, String sql) {
        return one.values(nobody, staging, statement(sql, 0, 10), new CancelSignal());
    }
}
