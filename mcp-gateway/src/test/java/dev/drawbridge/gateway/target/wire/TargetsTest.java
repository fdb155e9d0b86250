package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Target;

import io.vertx.core.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class TargetsTest extends TargetPoolCase {
    private final Target target = target();

    @BeforeAll
    static void databases() {
        postgres.run("create database first");
        postgres.run("create database second");
        postgres.run("create database third");
    }

    @Test
    void one_pool_serves_all_calls_on_a_database() {
        var targets = targets("300s");

        assertThat(targets.pool(target, "first")).isSameAs(targets.pool(target, "first"));
        assertThat(targets.pool(target, "first")).isNotSameAs(targets.pool(target(), "first"));
    }

    @Test
    void a_further_database_takes_the_place_of_the_one_that_was_not_used_for_longest() {
        var targets = targets("300s");
        TargetPool first = targets.pool(target, "first");
        TargetPool second = targets.pool(target, "second");
        assertThat(read(first, "select 1")).isEqualTo("[[1]]");

        targets.pool(target, "third");

        assertThat(targets.size()).isEqualTo(2);
        assertThat(targets.pool(target, "first")).isSameAs(first);
        assertThat(targets.pool(target, "second")).isNotSameAs(second);
    }

    @Test
    void a_call_that_got_its_pool_before_it_was_replaced_is_answered() {
        var targets = targets("300s");
        TargetPool first = targets.pool(target, "first");
        targets.pool(target, "second");
        targets.pool(target, "third");

        assertThat(read(first, "select current_database()")).isEqualTo("[[\"first\"]]");
    }

    @Test
    void a_database_that_is_being_read_keeps_its_place() {
        var targets = targets("300s");
        TargetPool first = targets.pool(target, "first");
        TargetPool second = targets.pool(target, "second");
        Future<EncodedRows> one = slow(first, 1);
        Future<EncodedRows> other = slow(second, 2);

        assertThatThrownBy(() -> targets.pool(target, "third")).hasMessageContaining("OVERLOADED");
        assertThat(targets.pool(target(), "third")).isNotNull();

        await(one);
        assertThat(read(targets.pool(target, "third"), "select 1")).isEqualTo("[[1]]");
        assertThat(await(other).json()).contains("\"\"");
    }

    @Test
    void the_sessions_of_a_database_that_nobody_reads_any_more_are_given_up() {
        var targets = targets("1s");
        Future<EncodedRows> running = slow(targets.pool(target, "first"), 2.5);
        read(targets.pool(target, "second"), "select 1");

        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> {
                    targets.sweep();
                    return targets.size() == 1;
                });
        assertThat(await(running).count()).isEqualTo(1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> {
                    targets.sweep();
                    return targets.size() == 0;
                });
        assertThat(read(targets.pool(target, "first"), "select 1")).isEqualTo("[[1]]");
    }

    @Test
    void a_call_under_way_ends_although_its_connection_was_changed() {
        var targets = targets("300s");
        Future<EncodedRows> running = slow(targets.pool(target, "first"), 1);

        vertx.setTimer(300, _ -> targets.retireOthers(target.connection(), 2));

        assertThat(await(running).count()).isEqualTo(1);
    }

    private static Targets targets(String idle) {
        return targets(
                config(
                        Map.of(
                                "gateway.target.idle-timeout",
                                idle,
                                "gateway.target.databases-per-login",
                                "2")));
    }

    private static Future<EncodedRows> slow(TargetPool pool, double seconds) {
        return pool.encoded(
                nobody, statement("select pg_sleep(" + seconds + ")", 0, 1), new CancelSignal());
    }

    private static String read(TargetPool pool, String sql) {
        return await(pool.encoded(nobody, statement(sql, 0, 1), new CancelSignal())).json();
    }
}
