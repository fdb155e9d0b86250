package dev.drawbridge.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.lists;

import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.sql.Announcements;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What is kept, by a clock by hand. Nothing here reaches a datastore.
class ResultCacheTest {
    private static final Freshness MINUTE = new Freshness(Duration.ofMinutes(1), false);
    private static Vertx vertx;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000_000_000L);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ResultCache cache = cache(1_000_000);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private ResultCache cache(long bytes) {
        var pool = PgBuilder.pool().connectingTo(new PgConnectOptions()).using(vertx).build();
        var bus = new ReplicaBus(new Announcements(pool, vertx), vertx);
        return new ResultCache(config(bytes), new Generations(bus), meters, vertx, clock::get);
    }

    private static CacheConfig config(long bytes) {
        return new CacheConfig() {
            @Override
            public MemorySize mostBytes() {
                return new MemorySize(BigInteger.valueOf(bytes));
            }

            @Override
            public Duration staleFor() {
                return Duration.ofMinutes(10);
            }

            @Override
            public MemorySize schemaBytes() {
                return mostBytes();
            }

            @Override
            public Duration schemaFor() {
                return Duration.ofHours(1);
            }
        };
    }

    @Test
    void whoever_asks_gets_the_rows_of_its_own_read_and_no_other_ones() {
        qt().withExamples(100)
                .forAll(lists().of(ResultKeyTest.reads()).ofSizeBetween(1, 100))
                .check(reads -> {
                    ResultCache fresh = cache(1_000_000);
                    return reads.stream()
                            .allMatch(read ->
                                    await(ask(fresh, ResultKeyTest.key(read), read.toString()))
                                            .json()
                                            .equals(read.toString()));
                });
    }

    @Test
    void what_is_kept_serves_for_its_time() {
        assertThat(await(ask("one")).json()).isEqualTo("one");
        pass(Duration.ofSeconds(59));
        EncodedRows kept = await(ask("two"));
        assertThat(kept.json()).isEqualTo("one");
        assertThat(Objects.requireNonNull(kept.kept()).age()).isEqualTo(Duration.ofSeconds(59));

        pass(Duration.ofSeconds(2));
        assertThat(await(ask("three")).json()).isEqualTo("three");
        assertThat(count("hit")).isEqualTo(1);
        assertThat(count("miss")).isEqualTo(2);
    }

    @Test
    void equal_reads_at_the_same_time_are_one() {
        Promise<EncodedRows> slow = Promise.promise();
        var reads = new AtomicInteger();
        Future<EncodedRows> first =
                cache.rows(
                        key(),
                        MINUTE,
                        () -> {
                            reads.incrementAndGet();
                            return slow.future();
                        });
        Future<EncodedRows> second = ask("another");
        slow.complete(rows("the first's"));

        assertThat(await(first).json()).isEqualTo("the first's");
        assertThat(await(second).json()).isEqualTo("the first's");
        assertThat(reads).hasValue(1);
    }

    @Test
    void a_failure_is_neither_kept_nor_shared() {
        Promise<EncodedRows> slow = Promise.promise();
        Future<EncodedRows> first = cache.rows(key(), MINUTE, slow::future);
        Future<EncodedRows> second = ask("its own");
        slow.fail(new Problem.QueryCancelled("gone").exception());

        assertThat(first.failed()).isTrue();
        assertThat(await(second).json()).isEqualTo("its own");
        assertThat(await(ask("later")).json()).isEqualTo("its own");
    }

    @Test
    void a_read_that_fails_at_once_leaves_the_next_one_alone() {
        Future<EncodedRows> broken =
                cache.rows(
                        key(),
                        MINUTE,
                        () -> {
                            throw new IllegalStateException("broken");
                        });

        assertThat(broken.failed()).isTrue();
        assertThat(await(ask("well")).json()).isEqualTo("well");
    }

    @Test
    void stale_rows_serve_only_so_long_and_only_whom_it_is_right_for() {
        await(ask("one"));
        pass(Duration.ofMinutes(5));

        EncodedRows stale = cache.stale(key(), MINUTE).orElseThrow();
        assertThat(Objects.requireNonNull(stale.kept()).stale()).isTrue();
        assertThat(cache.stale(key(), Freshness.within(60))).isEmpty();
        pass(Duration.ofMinutes(7));
        assertThat(cache.stale(key(), MINUTE)).isEmpty();
    }

    @Test
    void another_version_of_a_connection_takes_what_is_kept_of_it_away() {
        await(ask("one"));
        cache.forgetOthers(UUID.randomUUID(), 7);
        assertThat(await(ask("two")).json()).isEqualTo("one");

        cache.forgetOthers(key().connection(), key().version() + 1);

        assertThat(await(ask("three")).json()).isEqualTo("three");
    }

    @Test
    void no_more_is_kept_than_there_is_room_for() {
        ResultCache small = cache(10_000);
        String large = "x".repeat(2_000);
        for (int i = 0; i < 20; i++) {
            var choices = new ArrayList<>(Collections.nCopies(21, 0));
            choices.set(20, i);
            await(ask(small, ResultKeyTest.key(choices), large));
        }

        assertThat(meters.get("gateway.cache.evictions").counter().count()).isGreaterThan(15);
    }

    private Future<EncodedRows> ask(String answer) {
        return ask(cache, key(), answer);
    }

    private static Future<EncodedRows> ask(ResultCache cache, ResultKey key, String answer) {
        return cache.rows(key, MINUTE, () -> Future.succeededFuture(rows(answer)));
    }

    private static ResultKey key() {
        return ResultKeyTest.key(Collections.nCopies(21, 0));
    }

    private static EncodedRows rows(String json) {
        return new EncodedRows(List.of(), json, "", 1, false, false);
    }

    private double count(String result) {
        return meters.get("gateway.cache.reads").tag("result", result).counter().count();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
