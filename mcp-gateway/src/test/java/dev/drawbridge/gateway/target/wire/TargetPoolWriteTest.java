package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.WriteStatement;
import dev.drawbridge.gateway.target.Written;

import io.vertx.core.Future;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class TargetPoolWriteTest extends TargetPoolWriteCase {
    @Test
    void commits_and_counts() {
        Written written = write("update tally set n = 1 where id <= 7");

        assertThat(written.committed()).isTrue();
        assertThat(written.affected()).isEqualTo(7);
        assertThat(written.changed()).isEqualTo(7);
        assertThat(written.rows().json()).isEqualTo("[]");
        assertThat(changed()).isEqualTo("[[7]]");
        assertThat(write("insert into log values ('a'), ('b')").affected()).isEqualTo(2);
        assertThat(write("delete from log where line = 'none'").affected()).isZero();
        assertThat(
                        write(
                                        "merge into log using (values ('b')) v (x) on line = x when matched then"
                                                + " delete")
                                .affected())
                .isEqualTo(1);
    }

    @Test
    void rows_beyond_the_limit_are_not_handed_out_and_yet_changed() {
        for (int limit : List.of(2, 3, 4, 499, 500, 501, 1000)) {
            var statement =
                    new WriteStatement(
                            "update tally set n = n + 1 where id <= 500 returning id",
                            List.of(),
                            limit,
                            true,
                            false,
                            false);
            Written written = await(pool.write(nobody, statement, _ -> true, new CancelSignal()));

            assertThat(written.affected()).isEqualTo(500);
            assertThat(written.rows().count()).isEqualTo(Math.min(limit, 500));
            assertThat(written.rows().more()).isEqualTo(limit < 500);
        }
        assertThat(read("select sum(n) from tally").json()).isEqualTo("[[3500]]");
    }

    @Test
    void rows_that_are_too_long_for_the_answer_are_dropped_and_yet_changed() {
        for (String row : List.of("repeat('x', 10000000)", "repeat('x', 60000)")) {
            Written written = write("update tally set n = 1 where id <= 3 returning " + row);

            assertThat(written.committed()).isTrue();
            assertThat(written.affected()).isEqualTo(3);
            assertThat(written.rows().cut()).isTrue();
            assertThat(written.rows().count()).isLessThan(2);
        }
        assertThat(changed()).isEqualTo("[[3]]");
    }

    @Test
    void what_may_not_stay_is_undone_and_counted() {
        var seen = new ArrayList<Long>();
        Written written =
                await(
                        pool.write(
                                nobody,
                                change("update tally set n = 1 returning id"),
                                changed -> !seen.add(changed),
                                new CancelSignal()));

        assertThat(written.committed()).isFalse();
        assertThat(written.affected()).isEqualTo(1000);
        assertThat(seen).containsExactly(1000L);
        assertThat(changed()).isEqualTo("[[0]]");
    }

    @Test
    void rows_that_with_and_foreign_keys_change_are_counted_too() {
        write("insert into parent values (1), (2)");
        write("insert into child select i, 1 from generate_series(1, 50) i");

        assertThat(write("delete from parent where id = 1").changed()).isEqualTo(51);
        Written hidden =
                write(
                        "with gone as (update tally set n = 1 where id <= 30 returning 1)"
                                + " select count(*) from gone");
        assertThat(hidden.affected()).isEqualTo(30);
        assertThat(hidden.rows().json()).isEqualTo("[[30]]");
        assertThat(write("insert into log values ('x')").changed()).isEqualTo(1);
    }

    @Test
    void a_dry_run_leaves_nothing_and_finds_what_a_commit_would_find() {
        Written written =
                await(
                        pool.write(
                                nobody,
                                change("update tally set n = 5 where id = 1 returning n", true),
                                _ -> true,
                                new CancelSignal()));

        assertThat(written.committed()).isFalse();
        assertThat(written.rows().json()).isEqualTo("[[5]]");
        assertThat(changed()).isEqualTo("[[0]]");
        String orphan = "insert into child values (1, 99)";
        assertThat(state(pool.write(nobody, change(orphan, true), _ -> true, new CancelSignal())))
                .isEqualTo("23503");
        assertThat(state(pool.write(nobody, change(orphan), _ -> true, new CancelSignal())))
                .isEqualTo("23503");
        assertThat(read("select count(*) from child").json()).isEqualTo("[[0]]");
    }

    @Test
    void a_session_is_used_again_after_a_write() {
        String first =
                write("update tally set n = 1 where id = 1 returning pg_backend_pid()")
                        .rows()
                        .json();

        assertThat(read("select pg_backend_pid()").json()).isEqualTo(first);
    }

    @Test
    void a_list_becomes_what_the_statement_has_and_runs_once() {
        for (int i = 0; i < 3; i++) {
            var statement =
                    new WriteStatement(
                            "insert into doc values ($1, $2) returning body, tags",
                            List.of(List.of(1, "a"), List.of(1, 2)),
                            10,
                            true,
                            false,
                            false);
            Written written = await(pool.write(nobody, statement, _ -> true, new CancelSignal()));

            assertThat(written.rows().json()).isEqualTo("[[[1,\"a\"],[1,2]]]");
            assertThat(written.affected()).isEqualTo(1);
        }
        assertThat(read("select count(*) from doc").json()).isEqualTo("[[3]]");
    }

    @Test
    void a_hundred_at_once_are_all_counted() {
        List<Future<Written>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(writing("update tally set n = n + 1 where id = 1 returning n"));
        }

        assertThat(all).allSatisfy(one -> assertThat(await(one).changed()).isEqualTo(1));
        assertThat(read("select n from tally where id = 1").json()).isEqualTo("[[100]]");
    }

    @Test
    void a_read_on_the_same_session_still_only_reads() {
        write("update tally set n = 1 where id = 1");

        assertThat(
                        problem(
                                        pool.encoded(
                                                nobody,
                                                statement("delete from tally", 0, 1),
                                                new CancelSignal()))
                                .code())
                .isEqualTo("QUERY_REJECTED");
    }
}
