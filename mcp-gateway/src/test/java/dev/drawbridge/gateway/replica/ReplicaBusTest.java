package dev.drawbridge.gateway.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.sql.Announcements;
import dev.drawbridge.testkit.TestPostgres;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Two replicas at one real datastore.
class ReplicaBusTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String TOPIC = "count";
    private static TestPostgres postgres;
    private static Vertx vertx;

    private final Replica one = new Replica();
    private final Replica other = new Replica();

    private static final class Replica {
        private final Pool pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(4))
                        .connectingTo(
                                new PgConnectOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(postgres.port())
                                        .setDatabase("postgres")
                                        .setUser("postgres"))
                        .using(vertx)
                        .build();
        private final ReplicaBus bus = new ReplicaBus(new Announcements(pool, vertx), vertx);
        private final List<Integer> heard = new CopyOnWriteArrayList<>();
        private final AtomicInteger gaps = new AtomicInteger();

        void start() {
            bus.hear(TOPIC, message -> heard.add(message.getInteger("n")));
            bus.onGap(gaps::incrementAndGet);
            bus.start(new StartupEvent());
            await("the replica to hear", () -> gaps.get() == 1);
        }

        void say(int n) {
            bus.publish(TOPIC, new JsonObject().put("n", n));
        }

        void stop() {
            bus.stop(new ShutdownEvent());
            pool.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @BeforeAll
    static void startPostgres() {
        postgres = TestPostgres.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopPostgres() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    @BeforeEach
    void start() {
        one.start();
        other.start();
    }

    @AfterEach
    void stop() {
        one.stop();
        other.stop();
    }

    @Test
    void what_one_says_is_heard_by_all_in_its_order() {
        List<Integer> said = IntStream.range(0, 2_000).boxed().toList();

        said.forEach(one::say);

        await("all to be heard", () -> other.heard.size() == 2_000 && one.heard.size() == 2_000);
        assertThat(other.heard).isEqualTo(said);
        assertThat(one.heard).isEqualTo(said);
    }

    @Test
    void another_topic_is_not_heard() {
        one.bus.publish("other", new JsonObject().put("n", 1));
        one.say(2);

        await("a message to be heard", () -> !other.heard.isEmpty());
        assertThat(other.heard).containsExactly(2);
    }

    @Test
    void a_listener_that_fails_keeps_nobody_from_hearing() {
        other.bus.hear(
                "first",
                _ -> {
                    throw new IllegalStateException("fails");
                });
        other.bus.hear("first", message -> other.heard.add(message.getInteger("n")));

        one.bus.publish("first", new JsonObject().put("n", 1));

        await("the second listener to hear", () -> other.heard.equals(List.of(1)));
    }

    @Test
    void what_cannot_be_read_is_passed_over() {
        postgres.run("select pg_notify('" + ReplicaBus.CHANNEL + "', 'nonsense')");
        postgres.run("select pg_notify('" + ReplicaBus.CHANNEL + "', '{\"topic\": 1}')");
        one.say(3);

        await("the next to be heard", () -> other.heard.equals(List.of(3)));
    }

    @Test
    void a_lost_connection_is_a_gap_and_comes_back() {
        postgres.run(
                """
                select pg_terminate_backend(pid)
                  from pg_stat_activity where pid <> pg_backend_pid() and usename = 'postgres'
                """);

        await("a gap", () -> one.gaps.get() == 2 && other.gaps.get() == 2);
        one.say(4);
        await("messages to come again", () -> other.heard.equals(List.of(4)));
    }

    @Test
    void the_longest_message_arrives_and_a_longer_one_is_refused() {
        var longest = new JsonObject().put("n", 5).put("text", "");
        int room = ReplicaBus.MOST_BYTES - longest.encode().length();
        one.bus.publish(TOPIC, longest.put("text", "x".repeat(room)));

        await("the longest to be heard", () -> other.heard.equals(List.of(5)));
        assertThatThrownBy(() ->
                        one.bus.publish(
                                TOPIC,
                                new JsonObject().put("n", 6).put("text", "é".repeat(room / 2 + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7,500");
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(WAIT).until(condition);
    }
}
