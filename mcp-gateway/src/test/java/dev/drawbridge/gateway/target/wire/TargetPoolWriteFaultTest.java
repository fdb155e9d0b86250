package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

class TargetPoolWriteFaultTest extends TargetPoolWriteCase {
    private static final String STATE =
            "select current_setting('app.owner', true), current_setting('statement_timeout'),"
                    + " current_setting('default_transaction_read_only'),"
                    + " current_setting('transaction_read_only'), current_user,"
                    + " (select count(*) from pg_locks where objid = 4714),"
                    + " (select count(*) from pg_listening_channels()),"
                    + " (select count(*) from pg_cursors where is_holdable),"
                    + " to_regclass('pg_temp.left_behind')";

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

    /// As a server does whose standby is away. It takes notice of that a while after it was told.
    private static void holdCommits() {
        postgres.run("alter system set synchronous_standby_names = 'away'");
        reload();
        Thread.startVirtualThread(() -> {
            for (int i = 0; i < 100; i++) {
                postgres.run("set synchronous_commit = on; insert into doc values ('1')");
            }
        });
        Awaitility.await().until(TargetPoolWriteFaultTest::someCommitIsHeld);
    }

    private static boolean someCommitIsHeld() throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select 1 from pg_stat_activity where wait_event = 'SyncRep'")) {
            return rows.next();
        }
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
