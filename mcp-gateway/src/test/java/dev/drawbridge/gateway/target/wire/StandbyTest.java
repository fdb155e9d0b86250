package dev.drawbridge.gateway.target.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.gateway.pool.Asker;
import dev.drawbridge.gateway.pool.ClassPolicies;
import dev.drawbridge.gateway.pool.Environment;
import dev.drawbridge.gateway.target.AnswerRooms;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Endpoint;
import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.Tls;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.identity.AgentClass;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A primary with a standby that follows it, both real. In the order of a day that ends badly.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandbyTest {
    private static TestPostgres primary;
    private static TestPostgres standby;
    private static Vertx vertx;
    private static TargetPool pool;
    private static RowContext nobody;

    private static final Asker WRITER = asker();
    private static final Asker READER = asker();

    @BeforeAll
    static void start() {
        primary = TestPostgres.start();
        primary.run(
                """
                create role agent login password 'agent';
                create table tally (id int primary key, n int not null);
                insert into tally values (1, 0);
                grant select, update on tally to agent;
                """);
        standby = primary.standby();
        vertx = Vertx.vertx();
        TargetConfig config = TargetPoolCase.config();
        Watches watches =
                TargetFixtures.watches(
                        vertx,
                        Map.of(
                                "gateway.route.max-lag", "2s",
                                "gateway.route.watch-every", "100ms",
                                "gateway.route.silence", "100ms"));
        Targets targets = TargetFixtures.targets(vertx, config, AnswerRooms.of(config), watches);
        pool = targets.pool(target(), "postgres");
        nobody = RowContextFixtures.nobody(config);
        vertx.setPeriodic(100, _ -> watches.tick());
    }

    @AfterAll
    static void stop() {
        pool.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        standby.close();
        primary.close();
    }

    private static Target target() {
        return new Target(
                UUID.randomUUID(),
                1,
                List.of(
                        endpoint(primary, Endpoint.Role.PRIMARY),
                        endpoint(standby, Endpoint.Role.REPLICA)),
                "agent",
                "agent",
                new Tls(TlsMode.DISABLE, null),
                20,
                Rls.NONE,
                null,
                null,
                ClassPolicies.defaults(Environment.PROD));
    }

    private static Endpoint endpoint(TestPostgres server, Endpoint.Role role) {
        return new Endpoint("127.0.0.1", server.port(), PoolMode.DIRECT, role, null);
    }

    private static Asker asker() {
        return new Asker(AgentClass.PERSISTENT, UUID.randomUUID(), UUID.randomUUID());
    }

    @Test
    @Order(1)
    void reads_go_to_the_standby_and_writes_to_the_primary() {
        untilServedBy(standby, READER);
        write();
        assertThat(primary.value("select n from tally")).isEqualTo("1");
    }

    @Test
    @Order(2)
    void who_wrote_reads_what_it_wrote_however_far_the_standby_is() {
        untilServedBy(standby, WRITER);
        standby.run("select pg_wal_replay_pause()");
        int now = write();

        assertThat(read(WRITER, "select n from tally")).isEqualTo("[[" + now + "]]");
        assertThat(read(READER, "select n from tally")).isEqualTo("[[" + (now - 1) + "]]");

        untilServedBy(primary, READER); // It is further behind than the bound.
        standby.run("select pg_wal_replay_resume()");
        untilServedBy(standby, WRITER);
        assertThat(read(WRITER, "select n from tally")).isEqualTo("[[" + now + "]]");
    }

    @Test
    @Order(3)
    void without_a_primary_the_standby_is_read_and_once_it_is_promoted_it_is_written() {
        untilServedBy(standby, READER);
        int before = Integer.parseInt(String.valueOf(primary.value("select n from tally")));
        primary.close();

        for (int i = 0; i < 20; i++) {
            assertThat(read(READER, "select n from tally")).isEqualTo("[[" + before + "]]");
        }
        standby.run("select pg_promote()");

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> TargetPoolCase.problemOrNull(written()) == null);
        assertThat(standby.value("select n from tally")).isEqualTo(String.valueOf(before + 1));
    }

    private static void untilServedBy(TestPostgres server, Asker asker) {
        String port = "[[\"" + server.port() + "\"]]";
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> read(asker, "select current_setting('port')").equals(port));
    }

    private static int write() {
        TargetPoolCase.await(written());
        return Integer.parseInt(String.valueOf(primary.value("select n from tally")));
    }

    private static Future<?> written() {
        return pool.write(
                as(WRITER),
                TargetPoolCase.change("update tally set n = n + 1"),
                _ -> true,
                new CancelSignal());
    }

    private static String read(Asker asker, String sql) {
        return TargetPoolCase.await(
                        pool.encoded(
                                as(asker),
                                TargetPoolCase.statement(sql, 0, 10),
                                new CancelSignal()))
                .json();
    }

    private static RowContext as(Asker asker) {
        return new RowContext(nobody.sql(), nobody.values(), "{}", asker);
    }
}
