package dev.drawbridge.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CredentialType;
import dev.drawbridge.identity.Grants;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;
import dev.drawbridge.sql.Db;
import dev.drawbridge.testkit.TestPostgres;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Two replicas of the gateway at one real datastore.
class LimitsTest {
    private static final Path TABLE = Path.of("src/main/resources/db/gateway/V111__limit.sql");
    private static TestPostgres postgres;
    private static Vertx vertx;
    private static Pool pool;

    private final String tenant = UUID.randomUUID().toString();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void start() throws IOException {
        postgres = TestPostgres.start();
        postgres.run("create schema if not exists gateway");
        postgres.run(Files.readString(TABLE));
        vertx = Vertx.vertx();
        pool = pool(postgres.port());
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    @BeforeEach
    void forget() {
        postgres.run("truncate gateway.limit_bucket");
    }

    @Test
    void replicas_share_a_token_s_rate_to_the_unit() {
        Limits one = replica(Map.of());
        Limits other = replica(Map.of());
        Caller caller = caller(tenant, new Caller.RateLimit(10, 86_400));
        int passed = 0;
        for (int i = 0; i < 30; i++) {
            passed += passes((i % 2 == 0 ? one : other).admit(caller, null, null)) ? 1 : 0;
        }

        assertThat(passed).isEqualTo(10);
        Problem.RateLimited limited = refusal(other.admit(caller, null, null));
        assertThat(limited.limit()).isEqualTo("this token");
        assertThat(limited.retryAfter()).isBetween(Duration.ofHours(2), Duration.ofMinutes(145));
        assertThat(meters.get("gateway.limit.refused").tag("limit", "token").counter().count())
                .isEqualTo(21);
    }

    @Test
    void replicas_share_a_large_limit_and_ask_for_it_rarely() {
        var settings = Map.of("gateway.limit.requests-per-tenant", "1000");
        List<Limits> replicas = List.of(replica(settings), replica(settings));
        Caller caller = caller(tenant, null);
        long began = System.nanoTime();
        int passed = 0;
        for (int i = 0; i < 3_000; i++) {
            passed += passes(replicas.get(i % 2).admit(caller, null, null)) ? 1 : 0;
        }
        double refilled = (System.nanoTime() - began) / 60e9 * 1_000;

        assertThat((double) passed).isBetween(900.0, 1_000 + refilled + 1);
    }

    @Test
    void one_tenant_s_use_holds_no_other_tenant_back() {
        var settings =
                Map.of(
                        "gateway.limit.requests-per-tenant", "2",
                        "gateway.limit.requests-per-address", "2",
                        "gateway.limit.requests-per-tool", "2");
        Limits limits = replica(settings);
        Caller busy = caller(tenant, null);
        for (int i = 0; i < 4; i++) {
            passes(limits.admit(busy, "192.0.2.1", "query_database"));
        }
        assertThat(passes(limits.admit(busy, "192.0.2.1", "query_database"))).isFalse();

        Caller other = caller(UUID.randomUUID().toString(), null);

        assertThat(passes(limits.admit(other, "192.0.2.1", "query_database"))).isTrue();
    }

    @Test
    void a_refusal_by_one_limit_takes_nothing_of_the_others() {
        var settings = Map.of("gateway.limit.requests-per-tool", "1");
        Limits limits = replica(settings);
        Caller caller = caller(tenant, new Caller.RateLimit(3, 86_400));
        assertThat(passes(limits.admit(caller, null, "a"))).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(refusal(limits.admit(caller, null, "a")).limit()).isEqualTo("this tool");
        }

        assertThat(passes(limits.admit(caller, null, "b"))).isTrue();
        assertThat(passes(limits.admit(caller, null, "c"))).isTrue();
        assertThat(refusal(limits.admit(caller, null, "d")).limit()).isEqualTo("this token");
    }

    @Test
    void a_connection_that_cost_too_much_waits_at_every_replica() {
        var settings = Map.of("gateway.limit.rows-per-connection", "1000");
        var one = new Costs(config(settings), replica(settings));
        var other = new Costs(config(settings), replica(settings));
        UUID connection = UUID.randomUUID();
        assertThat(passes(read(one, connection, 1_500))).isTrue();

        assertThat(refusal(read(one, connection, 1)).limit()).isEqualTo("rows of this connection");
        assertThat(refusal(read(other, connection, 1)).retryAfter())
                .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(31));
        assertThat(passes(read(one, UUID.randomUUID(), 1))).isTrue();
    }

    @Test
    void bytes_and_database_time_cost_too() {
        var bytes = Map.of("gateway.limit.bytes-per-connection", "100");
        var time = Map.of("gateway.limit.database-time-per-connection", "50ms");
        for (var settings : List.of(bytes, time)) {
            var costs = new Costs(config(settings), replica(settings));
            UUID connection = UUID.randomUUID();
            Supplier<Future<Integer>> slow = () -> vertx.timer(100).map(_ -> 1);
            assertThat(passes(costs.charged(tenant, connection, slow, _ -> 1, _ -> 200))).isTrue();

            assertThat(passes(read(costs, connection, 1))).isFalse();
        }
    }

    @Test
    void while_the_datastore_is_away_each_replica_gives_a_quarter_by_itself() {
        var settings = Map.of("gateway.limit.requests-per-tenant", "40");
        var buckets = new SharedBuckets(new LimitRepository(new Db(pool(1))), clock());
        var limits = new Limits(config(settings), buckets, meters, vertx);
        Caller caller = caller(tenant, null);
        long passed = 0;
        for (int i = 0; i < 40; i++) {
            passed += passes(limits.admit(caller, null, null)) ? 1 : 0;
        }

        assertThat(passed).isEqualTo(10);
        assertThat(buckets.areShared()).isFalse();
        assertThat(new LimitHealth(buckets).call().getStatus().name()).isEqualTo("DOWN");
    }

    private Future<Integer> read(Costs costs, UUID connection, int rows) {
        return costs.charged(
                tenant, connection, () -> Future.succeededFuture(rows), n -> n, _ -> 0);
    }

    private Limits replica(Map<String, String> settings) {
        var repository = new LimitRepository(new Db(pool));
        return new Limits(config(settings), new SharedBuckets(repository, clock()), meters, vertx);
    }

    private static TimeMeter clock() {
        return TimeMeter.SYSTEM_MILLISECONDS;
    }

    private static LimitConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(LimitConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(LimitConfig.class);
    }

    private static Pool pool(int port) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(4))
                .connectingTo(
                        new PgConnectOptions()
                                .setHost("127.0.0.1")
                                .setPort(port)
                                .setDatabase("postgres")
                                .setUser("postgres"))
                .using(vertx)
                .build();
    }

    private static Caller caller(String tenant, Caller.RateLimit rate) {
        return new Caller(
                UUID.randomUUID(),
                "dana",
                tenant,
                false,
                List.of(),
                Map.of(),
                new Caller.Credential(
                        CredentialType.API_TOKEN, UUID.randomUUID(), null, null, rate),
                Grants.NOTHING,
                null);
    }

    private static boolean passes(Future<?> admitted) {
        try {
            await(admitted);
            return true;
        } catch (CompletionException refused) {
            return false;
        }
    }

    private static Problem.RateLimited refusal(Future<?> admitted) {
        try {
            await(admitted);
        } catch (CompletionException refused) {
            return (Problem.RateLimited) ((ProblemException) refused.getCause()).problem();
        }
        throw new AssertionError("Nothing was refused");
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
