package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.pool.ClassPolicies;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/// Who gets a connection's sessions, with a real server.
class ConnectionSessionsTest extends ConnectionSessionsCase {
    @Test
    void there_are_never_more_sessions_than_the_budget_whoever_asks() {
        Target target = open(4, policy -> policy);
        TargetPool other = targets.pool(target, "template1");
        List<Future<EncodedRows>> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            AgentClass kind = AgentClass.values()[i % 4];
            calls.add(read(i % 2 == 0 ? pool : other, asker(kind), "select pg_sleep(0.01)"));
        }

        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    assertThat(onServer()).isLessThanOrEqualTo(4);
                    return calls.stream().allMatch(Future::isComplete);
                });

        assertThat(calls).allMatch(Future::succeeded);
        other.close();
    }

    @Test
    void one_identity_has_no_more_sessions_than_its_class_allows() {
        open(20, policy -> policy);
        RowContext one = asker(AgentClass.SERVERLESS);
        List<Future<EncodedRows>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(read(pool, one, "select pg_sleep(0.05)"));
        }

        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    assertThat(state(AgentClass.SERVERLESS).inUse()).isLessThanOrEqualTo(2);
                    return calls.stream().allMatch(Future::isComplete);
                });
        assertThat(calls).allMatch(Future::succeeded);
    }

    @Test
    void what_cannot_be_served_in_time_is_refused_before_the_first_is_served() {
        open(1, policy -> within(policy, Duration.ofSeconds(2)));
        await(read(pool, asker(AgentClass.PERSISTENT), "select pg_sleep(0.4)"));
        List<Boolean> ends = Collections.synchronizedList(new ArrayList<>());
        List<Future<EncodedRows>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(
                    read(pool, asker(AgentClass.PERSISTENT), "select pg_sleep(0.4)")
                            .onComplete(ended -> ends.add(ended.succeeded())));
        }

        List<Problem> refused =
                calls.stream().map(TargetPoolCase::problemOrNull).filter(Objects::nonNull).toList();

        assertThat(refused).hasSizeGreaterThan(20).hasOnlyElementsOfType(Problem.Overloaded.class);
        assertThat(ends.indexOf(true)).isGreaterThan(20);
    }

    @Test
    void who_waits_in_vain_is_told_when_the_time_is_up() {
        open(1, policy -> within(policy, Duration.ofMillis(200)));
        Future<EncodedRows> slow =
                read(pool, asker(AgentClass.PERSISTENT), "select pg_sleep(1), 'slow'");
        long started = System.nanoTime();

        Problem problem = problem(read(pool, asker(AgentClass.PERSISTENT), "select 1"));

        assertThat(problem).isInstanceOf(Problem.Overloaded.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(170), Duration.ofMillis(900));
        await(slow);
    }

    @Test
    void who_goes_away_leaves_the_line() {
        open(1, policy -> policy);
        Future<EncodedRows> slow = read(pool, asker(AgentClass.PERSISTENT), "select pg_sleep(0.5)");
        Awaitility.await().until(() -> state(AgentClass.PERSISTENT).inUse() == 1);
        var signal = new CancelSignal();
        Future<EncodedRows> waiting =
                pool.encoded(asker(AgentClass.PERSISTENT), statement("select 1", 0, 1), signal);

        signal.cancel("gone");

        assertThat(problem(waiting)).isEqualTo(new Problem.QueryCancelled("gone"));
        assertThat(state(AgentClass.PERSISTENT).waiting()).isZero();
        await(slow);
    }

    @Test
    void who_may_have_another_session_gets_the_one_that_is_idle() {
        open(2, policy -> shared(policy, 100).atMost(1));
        RowContext one = asker(AgentClass.PERSISTENT);
        var signal = new CancelSignal();
        Future<EncodedRows> endless =
                pool.encoded(one, statement("select pg_sleep(30)", 0, 1), signal);
        await(read(pool, asker(AgentClass.PERSISTENT), "select 1"));
        Future<EncodedRows> next = read(pool, one, "select 2");
        Awaitility.await().until(() -> state(AgentClass.PERSISTENT).waiting() == 1);

        signal.cancel("enough");

        assertThat(await(next).json()).isEqualTo("[[2]]");
        assertThat(problem(endless)).isEqualTo(new Problem.QueryCancelled("enough"));
        assertThat(state(AgentClass.PERSISTENT).opened()).isEqualTo(2);
    }

    @Test
    void a_session_that_nobody_uses_is_ended() {
        open(4, policy -> idle(policy, Duration.ofMillis(50)));
        await(read(pool, asker(AgentClass.PERSISTENT), "select 1"));
        assertThat(onServer()).isEqualTo(1);

        Awaitility.await()
                .until(() -> {
                    targets.sweep();
                    return onServer() == 0 && state(AgentClass.PERSISTENT).open() == 0;
                });
    }

    @Test
    void tokens_have_sessions_of_their_own_where_the_connection_asks_for_it() {
        Target target = target();
        connection = target.connection();
        var dedicated =
                new ClassPolicies(true, ClassPolicies.defaults(Environment.PROD).policies());
        pool = targets.trial(target.with(dedicated), "postgres");
        RowContext one = asker(AgentClass.PERSISTENT);

        String first = await(read(pool, one, "select pg_backend_pid()")).json();
        String other =
                await(read(pool, asker(AgentClass.PERSISTENT), "select pg_backend_pid()")).json();

        assertThat(other).isNotEqualTo(first);
        assertThat(await(read(pool, one, "select pg_backend_pid()")).json()).isEqualTo(first);
    }
}
