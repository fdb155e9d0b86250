package dev.drawbridge.gateway.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.vertx.core.Vertx;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Buckets that all replicas share, and in their place ones of this process's own while they cannot
/// be reached.
@Singleton
final class SharedBuckets {
    private static final Logger LOG = Logger.getLogger(SharedBuckets.class);
    private static final long TIMEOUT_MS = 1_000;
    private static final long AWAY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long SWEEP_MS = Duration.ofMinutes(10).toMillis();

    /// What each replica gives by itself: as many keep together within a limit.
    private static final int ALONE = 4;

    private final ProxyManager<Limit> shared;
    private final TimeMeter clock;
    private final Map<Limit, Bucket> own = new ConcurrentHashMap<>();
    private final ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean isAway;
    private volatile long awayUntil;

    @Inject
    SharedBuckets(LimitConfig config, LimitRepository repository, Vertx vertx) {
        this(
                config.redisUrl()
                        .<BucketStore>map(url -> new RedisBuckets(vertx, url))
                        .orElse(repository),
                TimeMeter.SYSTEM_MILLISECONDS);
        if (config.redisUrl().isEmpty()) {
            vertx.setPeriodic(SWEEP_MS, _ -> aside.execute(() -> sweep(repository)));
        }
    }

    /// @param clock that all replicas have
    SharedBuckets(BucketStore store, TimeMeter clock) {
        this.shared = new SwappedBuckets(store, clock);
        this.clock = clock;
    }

    @PreDestroy
    void stop() {
        aside.shutdownNow();
    }

    /// Whether the buckets that are used are those of all replicas.
    boolean areShared() {
        return !isAway;
    }

    /// Takes up to so many units, once a debt is paid. Never fails and takes a second at most.
    CompletableFuture<Grant> take(Limit limit, Allotment.Order order) {
        if (isAway && awayUntil - System.nanoTime() > 0) {
            return CompletableFuture.completedFuture(grant(own(limit), limit, order));
        }
        return CompletableFuture.supplyAsync(() -> grant(bucket(limit), limit, order), aside)
                .orTimeout(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .whenComplete((_, failure) -> note(failure))
                .exceptionally(_ -> grant(own(limit), limit, order));
    }

    /// Units that are in a bucket. Blocks.
    long left(Limit limit) {
        return (isAway ? own(limit) : bucket(limit)).getAvailableTokens();
    }

    private Bucket bucket(Limit limit) {
        return shared.getProxy(limit, () -> configuration(limit.amount(), limit.window()));
    }

    private Bucket own(Limit limit) {
        return own.computeIfAbsent(
                limit,
                _ ->
                        Bucket.builder()
                                .addLimit(
                                        bandwidth(
                                                Math.ceilDiv(limit.amount(), ALONE),
                                                limit.window()))
                                .withCustomTimePrecision(clock)
                                .build());
    }

    /// Takes from a bucket, shared or not.
    static Grant grant(Bucket bucket, Limit limit, Allotment.Order order) {
        if (order.debt() > 0) {
            bucket.consumeIgnoringRateLimits(order.debt());
        }
        VerboseResult<Long> taken = bucket.asVerbose().tryConsumeAsMuchAsPossible(order.units());
        long untilFull = taken.getDiagnostics().calculateFullRefillingTime();
        long capacity = taken.getConfiguration().getBandwidths()[0].getCapacity();
        long untilOne =
                untilFull
                        - (long) ((capacity - 1) * ((double) limit.window().toNanos() / capacity));
        return new Grant(
                taken.getValue(), untilFull, taken.getDiagnostics().getAvailableTokens(), untilOne);
    }

    private static BucketConfiguration configuration(long amount, Duration window) {
        return BucketConfiguration.builder().addLimit(bandwidth(amount, window)).build();
    }

    private static Bandwidth bandwidth(long amount, Duration window) {
        return Bandwidth.builder().capacity(amount).refillGreedy(amount, window).build();
    }

    private void note(@Nullable Throwable failure) {
        if (failure != null) {
            awayUntil = System.nanoTime() + AWAY_NANOS;
            if (!isAway) {
                LOG.warnf("Limits are not shared with other replicas: %s", failure.toString());
            }
            isAway = true;
        } else if (isAway) {
            isAway = false;
            own.clear();
            LOG.info("Limits are shared with other replicas again");
        }
    }

    private static void sweep(LimitRepository repository) {
        try {
            repository.forgetFull();
        } catch (RuntimeException unavailable) {
            LOG.debugf("Full buckets are kept: %s", unavailable.toString());
        }
    }
}
