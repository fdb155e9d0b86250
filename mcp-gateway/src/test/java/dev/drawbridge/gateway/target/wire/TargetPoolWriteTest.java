package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.WriteStatement;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class TargetPoolWriteTest extends TargetPoolCase {
    private static final String STATE =
            "select current_setting('app.owner', true), current_setting('statement_timeout'),"
                    + " current_setting('default_transaction_read_only'),"
                    + " current_setting('transaction_read_only'), current_user,"
                    + " (select count(*) from pg_locks where objid = 4714),"
                    + " (select count(*) from pg_listening_channels()),"
                    + " (select count(*) from pg_cursors where is_holdable),"
                    + " to_regclass('pg_temp.left_behind')";

    @BeforeAll
    static void fixture() {
        postgres.run(
                """
                alter role agent set synchronous_commit = on;
                create table parent (id int primary key);
                create table child (id int primary key,
                    parent int not null references parent on delete cascade
                        deferrable initially deferred);
                create table log (line text);
                create table doc (body jsonb, tags int[]);
                create table guarded (id int primary key, seconds float not null);
                grant select, insert, update, delete on parent, child, log, doc, guarded to agent;
                grant temporary on database postgres to agent;
                create function slow() returns trigger language plpgsql as $$
                begin perform pg_sleep(new.seconds); return new; end $$;
                create constraint trigger slow after insert on guarded
                    deferrable initially deferred for each row execute function slow();
                create function remember() returns trigger language plpgsql as $$
                begin
                    perform set_config('app.owner', 'even', false);
                    perform set_config('statement_timeout', '0', false);
                    perform set_config('default_transaction_read_only', 'off', false);
                    perform pg_advisory_lock(4714);
                    execute 'listen gossip';
                    execute 'create temp table left_behind (id int)';
                    execute 'declare held cursor with hold for select 1';
                    return new;
                end $$;
                create trigger remember before insert on log
                    for each row when (new.line = 'remember') execute function remember();
                """);
    }

    @BeforeEach
    void fresh() {
        postgres.run(
                "truncate parent, child, log, doc, guarded; update tally set n = 0 where n <> 0");
    }

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
    void what_fails_is_undone_and_says_where() {
        var problem =
                problem(
                        writing(
                                "with x as (update tally set n = 1 where id = 1) insert into tally"
                                        + " values (1, nope)"));

        assertThat(problem).isInstanceOf(Problem.Database.class);
        assertThat(problem.position()).isEqualTo(78);
        assertThat(state(writing("insert into tally values (1001, 1), (1, 1)"))).isEqualTo("23505");
        assertThat(read("select count(*) from tally").json()).isEqualTo("[[1000]]");
        assertThat(changed()).isEqualTo("[[0]]");
    }

    @Test
    void what_runs_too_long_is_undone() {
        assertThat(problem(writing("update tally set n = 1 where id < 9 and pg_sleep(1) is null")))
                .isEqualTo(new Problem.QueryTimeout(Duration.ofSeconds(3)));
        assertThat(problem(writing("insert into guarded values (1, 60)")))
                .isEqualTo(new Problem.QueryTimeout(Duration.ofSeconds(3)));
        assertThat(read("select count(*) from guarded").json()).isEqualTo("[[0]]");
    }

    @Test
    void what_nobody_waits_for_is_undone() throws Exception {
        var signal = new CancelSignal();
        Future<Written> running =
                pool.write(
                        nobody,
                        change("insert into log select 'lost' from pg_sleep(2.5)"),
                        _ -> true,
                        signal);
        vertx.setTimer(200, _ -> signal.cancel("gone"));

        assertThat(problem(running)).isEqualTo(new Problem.QueryCancelled("gone"));
        assertThat(runningNow("lost")).isZero();
        assertThat(read("select count(*) from log").json()).isEqualTo("[[0]]");
    }

    @Test
    void what_is_being_committed_is_not_stopped_any_more() {
        var signal = new CancelSignal();
        holdCommits();
        Future<Written> running =
                pool.write(nobody, change("insert into log values ('kept')"), _ -> true, signal);
        awaitCommit();
        signal.cancel("gone");
        letCommitsGo();

        assertThat(await(running).committed()).isTrue();
        assertThat(read("select count(*) from log").json()).isEqualTo("[[1]]");
    }

    @Test
    void nobody_knows_what_became_of_a_commit_whose_session_was_lost() {
        holdCommits();
        Future<Written> running = writing("insert into log values ('who knows')");
        awaitCommit();
        endSessions();

        assertThat(problem(running)).isEqualTo(TargetPool.OUTCOME_UNKNOWN);
        letCommitsGo();
        assertThat(read("select 1").json()).isEqualTo("[[1]]");
    }

    @Test
    void a_session_that_is_lost_before_has_changed_nothing() throws Exception {
        Future<Written> running = writing("insert into log select 'gone' from pg_sleep(2)");
        Awaitility.await().until(() -> runningNow("'gone'") == 1);
        endSessions();

        assertThat(problem(running).detail()).contains("Nothing was changed");
    }

    @Test
    void nothing_of_a_write_is_left_for_the_next_caller() {
        String before = read(STATE).json();
        for (boolean dryRun : List.of(false, true)) {
            for (int i = 0; i < 3; i++) {
                await(
                        pool.write(
                                nobody,
                                change("insert into log values ('remember')", dryRun),
                                _ -> true,
                                new CancelSignal()));
                assertThat(before).contains("\"on\",\"on\",\"agent\",0,0,0,null");
                assertThat(read(STATE).json().replace("[[null,", "[[\"\","))
                        .isEqualTo(before.replace("[[null,", "[[\"\","));
            }
        }
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

    private static Written write(String sql) {
        return await(writing(sql));
    }

    private static Future<Written> writing(String sql) {
        return pool.write(nobody, change(sql), _ -> true, new CancelSignal());
    }

    private static String changed() {
        return read("select count(*) from tally where n <> 0").json();
    }

    private static String state(Future<Written> failing) {
        return ((Problem.Database) problem(failing)).sqlState();
    }

    /// As a server does whose standby is away.
    private static void holdCommits() {
        postgres.run("alter system set synchronous_standby_names = 'away'");
        reload();
    }

    private static void letCommitsGo() {
        postgres.run("alter system reset synchronous_standby_names");
        reload();
    }

    private static void reload() {
        postgres.run("select pg_reload_conf()");
    }

    private static void awaitCommit() {
        Awaitility.await().until(() -> runningNow("COMMIT") == 1);
    }

    private static void endSessions() {
        postgres.run(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where usename = 'agent' and state = 'active'");
    }
}
