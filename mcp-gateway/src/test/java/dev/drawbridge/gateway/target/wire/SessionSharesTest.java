package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.identity.AgentClass;

import io.vertx.core.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// How classes share a connection's sessions when there are too few for all, with a real server.
class SessionSharesTest extends ConnectionSessionsCase {
    @Test
    void a_class_that_has_nothing_gets_the_place_of_one_that_has_more_than_its_share() {
        open(4, policy -> shared(policy, 100));
        List<Future<EncodedRows>> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(read(pool, asker(AgentClass.SERVERLESS), "select pg_sleep(0.01)"));
        }
        Awaitility.await().until(() -> state(AgentClass.SERVERLESS).open() == 4);

        await(read(pool, asker(AgentClass.HIGH_PERFORMANCE), "select 1"));

        assertThat(many).anyMatch(call -> !call.isComplete());
        many.forEach(TargetPoolCase::await);
    }

    @Test
    void an_idle_session_of_the_more_important_stays_where_another_is_given_up_soon() {
        open(3, policy -> shared(policy, 100));
        await(read(pool, asker(AgentClass.HIGH_PERFORMANCE), "select 1"));
        List<Future<EncodedRows>> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(read(pool, asker(AgentClass.SERVERLESS), "select pg_sleep(0.01)"));
        }
        Awaitility.await().until(() -> state(AgentClass.SERVERLESS).open() == 2);

        await(read(pool, asker(AgentClass.EDGE), "select 1"));
        await(read(pool, asker(AgentClass.HIGH_PERFORMANCE), "select 1"));

        assertThat(many).anyMatch(call -> !call.isComplete());
        assertThat(state(AgentClass.HIGH_PERFORMANCE).opened()).isEqualTo(1);
        many.forEach(TargetPoolCase::await);
    }

    @Test
    void an_idle_session_of_the_more_important_is_taken_where_nobody_gives_one_up() {
        open(2, policy -> shared(policy, 100));
        await(read(pool, asker(AgentClass.HIGH_PERFORMANCE), "select 1"));
        var signal = new CancelSignal();
        Future<EncodedRows> endless =
                pool.encoded(
                        asker(AgentClass.SERVERLESS),
                        statement("select pg_sleep(30)", 0, 1),
                        signal);
        Awaitility.await().until(() -> state(AgentClass.SERVERLESS).inUse() == 1);

        await(read(pool, asker(AgentClass.EDGE), "select 1"));

        signal.cancel("enough");
        problem(endless);
    }

    @Test
    void idle_sessions_make_room_for_those_that_are_lacking() {
        open(2, policy -> shared(policy, 100));
        RowContext two = asker(AgentClass.PERSISTENT);
        Future<EncodedRows> first = read(pool, two, "select pg_sleep(0.1)");
        await(read(pool, two, "select pg_sleep(0.1)"));
        await(first);

        await(read(pool, asker(AgentClass.EDGE), "select 1"));

        assertThat(state(AgentClass.EDGE).open()).isEqualTo(1);
        assertThat(targets.states(connection).sessions()).isLessThanOrEqualTo(2);
    }
}
