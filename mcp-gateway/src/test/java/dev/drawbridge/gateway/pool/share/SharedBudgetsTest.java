package dev.drawbridge.gateway.pool.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.replica.HearingBus;
import dev.drawbridge.sql.Db;
import dev.drawbridge.testkit.TestPostgres;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// Replicas of the gateway at one real datastore.
class SharedBudgetsTest {
    private static final Path TABLES =
            Path.of("src/main/resources/db/gateway/V112__pool_share.sql");
    private static final int BUDGET = 40;
    private static TestPostgres postgres;
    private static Vertx vertx;
    private static Pool pool;

    private final UUID connection = UUID.randomUUID();
    private final List<SharedBudgets> running = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        postgres = TestPostgres.start();
        postgres.run("create schema gateway");
        postgres.run(Files.readString(TABLES));
        vertx = Vertx.vertx();
        pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(24))
                        .connectingTo(
                                new PgConnectOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(postgres.port())
                                        .setDatabase("postgres")
                                        .setUser("postgres"))
                        .using(vertx)
                        .build();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    @AfterEach
    void leave() {
        running.forEach(SharedBudgets::leave);
        assertThat(postgres.value("select count(*) from gateway.replica")).isEqualTo("0");
        assertThat(postgres.value("select count(*) from gateway.pool_share")).isEqualTo("0");
    }

    @Test
    void a_lone_replica_gets_all_that_it_wants() {
        LeasedBudget lease = replica().of(connection, BUDGET);

        lease.wants(BUDGET, BUDGET);

        awaitSize(lease, BUDGET);
    }

    @Test
    void replicas_that_want_all_of_it_get_half_each_once_sessions_are_closed() {
        LeasedBudget one = replica().of(connection, BUDGET);
        LeasedBudget other = replica().of(connection, BUDGET);
        one.wants(BUDGET, BUDGET);
        awaitSize(one, BUDGET);
        take(one, BUDGET);

        other.wants(BUDGET, BUDGET);

        awaitSize(one, BUDGET / 2);
        assertThat(other.size()).isZero();
        for (int i = 0; i < BUDGET / 2; i++) {
            one.give();
        }
        awaitSize(other, BUDGET / 2);
    }

    @Test
    void what_is_not_wanted_any_more_goes_to_who_wants_it() {
        LeasedBudget one = replica().of(connection, BUDGET);
        LeasedBudget other = replica().of(connection, BUDGET);
        one.wants(30, 30);
        awaitSize(one, 30);
        one.wants(0, 0);
        for (int beats = 0; beats < 6; beats++) {
            one.beat();
        }

        other.wants(BUDGET, BUDGET);

        awaitSize(other, BUDGET);
        assertThat(one.size()).isZero();
    }

    @Test
    void however_they_take_and_give_there_are_never_more_than_the_budget() {
        var random = new Random(7);
        List<LeasedBudget> leases =
                List.of(
                        replica().of(connection, 10),
                        replica().of(connection, 10),
                        replica().of(connection, 10));
        long most = 0;
        long takenByAll = 0;
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (System.nanoTime() < end) {
            LeasedBudget lease = leases.get(random.nextInt(leases.size()));
            lease.wants(random.nextInt(12), 12);
            for (int i = random.nextInt(4); i > 0; i--) {
                takenByAll += lease.take() ? 1 : 0;
            }
            int open = leases.stream().mapToInt(LeasedBudget::open).sum();
            most = Math.max(most, open);
            if (lease.open() > 0 && random.nextInt(3) > 0) {
                lease.give();
            }
            Thread.onSpinWait();
        }

        assertThat(most).isBetween(5L, 10L);
        assertThat(takenByAll).isGreaterThan(100);
    }

    @Test
    void what_a_dead_replica_had_is_free_once_it_is_not_heard_of() {
        LeasedBudget dead = silent().of(connection, BUDGET);
        dead.wants(BUDGET, BUDGET);
        awaitSize(dead, BUDGET);
        LeasedBudget lease = replica().of(connection, BUDGET);
        lease.wants(BUDGET, BUDGET);

        postgres.run(
                """
                update gateway.replica set seen_at = seen_at - interval '4 s'
                 where id = (select replica_id from gateway.pool_share where held > 0)
                """);

        Awaitility.await().atMost(Duration.ofSeconds(4)).until(() -> lease.size() == BUDGET);
        postgres.run(
                "delete from gateway.replica where seen_at < clock_timestamp() - interval '4 s'");
    }

    private SharedBudgets replica() {
        var budgets = silent();
        budgets.start(new StartupEvent());
        running.add(budgets);
        return budgets;
    }

    /// One that never says again that it lives.
    private static SharedBudgets silent() {
        return new SharedBudgets(
                new ShareRepository(new Db(pool)), HearingBus.at(pool, vertx), vertx);
    }

    private static void take(LeasedBudget lease, int sessions) {
        for (int i = 0; i < sessions; i++) {
            assertThat(lease.take()).isTrue();
        }
    }

    private static void awaitSize(LeasedBudget lease, int size) {
        Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> lease.size() == size);
    }
}
