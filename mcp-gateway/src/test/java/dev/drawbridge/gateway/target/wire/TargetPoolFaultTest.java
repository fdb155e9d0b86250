package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.AnswerRooms;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class TargetPoolFaultTest extends TargetPoolCase {
    @Test
    void a_row_beyond_the_byte_budget_is_cut_and_the_next_call_is_healthy() {
        var rows = read("select repeat('x', 50000000)");

        assertThat(rows.cut()).isTrue();
        assertThat(rows.count()).isZero();
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void rows_before_the_byte_budget_ends_are_kept() {
        var rows = read("select repeat('x', 30000) from generate_series(1, 100)");

        assertThat(rows.cut()).isTrue();
        assertThat(rows.count()).isBetween(1, 4);
    }

    @Test
    void what_grows_beyond_the_byte_budget_when_it_is_written_down_is_cut() {
        for (String grows :
                List.of(
                        "repeat(chr(1), 60000)",
                        "array[repeat(chr(1), 60000)]",
                        "array[repeat('\"', 40000)]",
                        "to_jsonb(repeat(chr(1), 15000))")) {
            var rows = read("select " + grows);

            assertThat(rows.cut()).as(grows).isTrue();
            assertThat(rows.json()).as(grows).isEqualTo("[]");
            assertThat(read("select 1").json()).isEqualTo("[[1]]");
        }
    }

    @Test
    void rows_before_one_that_grows_too_much_are_kept_whole() {
        var rows = read("select i, repeat(chr(1), 6000) from generate_series(1, 10) i");

        assertThat(rows.cut()).isTrue();
        assertThat(rows.count()).isEqualTo(2);
        assertThat(new JsonArray(rows.json())).hasSize(2);
        assertThat(rows.tsv().lines()).hasSize(3);
    }

    @Test
    void an_answer_for_which_all_answers_leave_no_room_is_refused_and_a_small_one_is_not()
            throws Exception {
        TargetConfig config = config(Map.of("gateway.target.all-answers-bytes", "250000"));
        AnswerRoom room = AnswerRooms.of(config);
        TargetPool crowded =
                TargetFixtures.targets(vertx, config, room).trial(target(), "postgres");
        String large = "select repeat('x', 8000) from generate_series(1, 10)";
        Future<EncodedRows> slow = read(crowded, large + " union all select pg_sleep(2)::text");
        while (room.taken() < 100_000) {
            Thread.sleep(20);
        }

        assertThat(problem(read(crowded, large))).isInstanceOf(Problem.Overloaded.class);
        assertThat(await(read(crowded, "select 1")).json()).isEqualTo("[[1]]");
        assertThat(await(slow).count()).isEqualTo(11);
        assertThat(await(read(crowded, large)).count()).isEqualTo(10);
        assertThat(room.taken()).isZero();
        crowded.close();
    }

    @Test
    void a_statement_that_runs_too_long_is_stopped_and_the_next_call_is_healthy() {
        var problem =
                problem(
                        pool.encoded(
                                nobody,
                                statement("select pg_sleep(60)", 0, 1),
                                new CancelSignal()));

        assertThat(problem).isEqualTo(new Problem.QueryTimeout(Duration.ofSeconds(3)));
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void a_call_that_nobody_waits_for_is_cancelled_on_the_server() throws Exception {
        var signal = new CancelSignal();
        Future<EncodedRows> running =
                pool.encoded(nobody, statement("select pg_sleep(2.5), 'forgotten'", 0, 1), signal);
        vertx.setTimer(100, _ -> signal.cancel("gone"));

        assertThat(problem(running)).isEqualTo(new Problem.QueryCancelled("gone"));
        assertThat(runningNow("forgotten")).isZero();
    }

    @Test
    void one_callers_trouble_is_nothing_to_another() throws Exception {
        TargetConfig config = config(Neighbours.PATIENT);
        TargetPool patient = targets(config).trial(target(), "postgres");
        try {
            new Neighbours(patient, RowContextFixtures.nobody(config)).live();
        } finally {
            patient.close();
        }
    }

    @Test
    void a_write_is_refused_by_the_transaction_and_the_next_call_is_healthy() {
        var problem =
                problem(
                        pool.encoded(
                                nobody,
                                statement(
                                        "with d as (delete from note returning 1) select * from d",
                                        0,
                                        1),
                                new CancelSignal()));

        assertThat(problem.code()).isEqualTo("QUERY_REJECTED");
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void a_statement_whose_table_changed_under_a_prepared_plan_is_run_with_a_new_one() {
        postgres.run("create table shape (a int); grant select on shape to agent");
        for (int i = 0; i < 6; i++) { // Often enough for every session to keep it.
            assertThat(read("select * from shape").columns()).hasSize(1);
        }
        postgres.run("alter table shape add b int");

        for (int i = 0; i < 6; i++) {
            assertThat(read("select * from shape").columns()).hasSize(2);
        }
    }

    @Test
    void a_statement_never_runs_when_who_asks_could_not_be_set() {
        var broken =
                new RowContext(
                        nobody.sql() + ", set_config('work_mem', $1, true)",
                        List.of("x"),
                        "{}",
                        Asker.GATEWAY);
        var problem =
                problem(
                        pool.encoded(
                                broken,
                                statement("select pg_advisory_lock(4711)", 0, 1),
                                new CancelSignal()));

        assertThat(problem).isInstanceOf(Problem.Database.class);
        assertThat(read("select count(*) from pg_locks where objid = 4711").json())
                .isEqualTo("[[0]]");
    }

    @Test
    void a_session_that_forgot_its_statements_is_not_used_again() {
        TargetPool single = targets(config()).trial(single(), "postgres");
        try {
            for (int i = 0; i < 4; i++) {
                await(read(single, "select 'kept'"));
            }
            String session = await(read(single, "select pg_backend_pid()")).json();

            problemOrNull(
                    single.encoded(nobody, statement("deallocate all", 0, 1), new CancelSignal()));
            problemOrNull(
                    single.encoded(nobody, statement("select 'kept'", 0, 1), new CancelSignal()));

            assertThat(await(read(single, "select 'kept'")).json()).isEqualTo("[[\"kept\"]]");
            assertThat(await(read(single, "select pg_backend_pid()")).json()).isNotEqualTo(session);
        } finally {
            single.close();
        }
    }

    @Test
    void many_texts_leave_no_more_prepared_than_a_session_may_keep() {
        for (int i = 0; i < 300; i++) {
            read("select " + i);
            read("select " + i);
            read("select " + i);
        }

        assertThat(read("select count(*) <= 256 from pg_prepared_statements").json())
                .isEqualTo("[[true]]");
    }

    @Test
    void sessions_that_the_server_ended_are_replaced() {
        read("select 1");
        postgres.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'agent'");

        problemOrNull(pool.encoded(nobody, statement("select 1", 0, 1), new CancelSignal()));
        problemOrNull(pool.encoded(nobody, statement("select 1", 0, 1), new CancelSignal()));

        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    private static Future<EncodedRows> read(TargetPool pool, String sql) {
        return pool.encoded(nobody, statement(sql, 0, 100), new CancelSignal());
    }
}
