package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.AnswerRooms;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.testkit.FaultyProxy;

import io.vertx.core.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/// What becomes of calls on a database that goes away.
class GivenUpTest extends TargetPoolCase {
    private static final String SLOW = "select pg_sleep(2), '%s'";

    private final FaultyProxy way = FaultyProxy.to(postgres.port());
    private final Watches watches = TargetFixtures.watches(vertx, Map.of());
    private final Targets targets =
            TargetFixtures.targets(vertx, config(), AnswerRooms.of(config()), watches);
    private final TargetPool calls = targets.pool(target(way.port(), PoolMode.DIRECT), "postgres");
    private long ticking;

    @BeforeEach
    void watch() {
        ticking = vertx.setPeriodic(250, _ -> watches.tick());
        await(ask("select 1"));
    }

    @AfterEach
    void stopWatching() {
        vertx.cancelTimer(ticking);
        calls.close();
        way.close();
    }

    @Test
    void a_database_that_falls_silent_is_given_up_within_a_second_and_found_again() {
        Future<EncodedRows> running = ask(SLOW.formatted("silence"));
        Awaitility.await().until(() -> runningNow("silence") == 1);
        way.hold();
        long began = System.nanoTime();

        assertThat(problem(running)).isEqualTo(Routing.AWAY);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        long refused = System.nanoTime();
        assertThat(problem(ask("select 1"))).isEqualTo(Routing.AWAY);
        assertThat(Duration.ofNanos(System.nanoTime() - refused))
                .isLessThan(Duration.ofMillis(200));

        way.pass();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> problemOrNull(ask("select 1")) == null);
    }

    @Test
    void a_read_whose_session_is_lost_is_answered_all_the_same() throws Exception {
        Future<EncodedRows> running = ask("select pg_sleep(0.3), 'unlucky'");
        Awaitility.await().until(() -> runningNow("unlucky") == 1);
        endSessions();

        assertThat(await(running).json()).contains("unlucky");
    }

    @Test
    void a_write_whose_session_is_lost_is_not_sent_again() throws Exception {
        Future<Written> running =
                calls.write(
                        nobody,
                        change(
                                "update tally set n = n + 1 where id = 7 and pg_sleep(0.5) is not"
                                        + " null"),
                        _ -> true,
                        new CancelSignal());
        Awaitility.await().until(() -> runningNow("update tally") == 1);
        endSessions();

        assertThat(problem(running)).isInstanceOf(Problem.DatabaseUnavailable.class);
        Awaitility.await().until(() -> runningNow("update tally") == 0);
        assertThat(postgres.value("select n from tally where id = 7")).isEqualTo("0");
    }

    @Test
    void a_cancelled_read_is_not_tried_again() throws Exception {
        var signal = new CancelSignal();
        Future<EncodedRows> running =
                calls.encoded(nobody, statement(SLOW.formatted("cancelled"), 0, 1), signal);
        Awaitility.await().until(() -> runningNow("cancelled") == 1);
        signal.cancel("nobody waits");

        assertThat(problem(running)).isInstanceOf(Problem.QueryCancelled.class);
        assertThat(runningNow("cancelled")).isZero();
    }

    @Test
    void reads_go_on_while_every_session_is_ended_again_and_again() {
        for (int round = 0; round < 5; round++) {
            endSessions();
            for (int i = 0; i < 5; i++) {
                assertThat(await(ask("select 1")).json()).isEqualTo("[[1]]");
            }
        }
    }

    private static void endSessions() {
        postgres.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'agent'");
    }

    private Future<EncodedRows> ask(String sql) {
        return calls.encoded(nobody, statement(sql, 0, 1), new CancelSignal());
    }
}
