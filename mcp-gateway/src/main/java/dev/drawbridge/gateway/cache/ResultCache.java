package dev.drawbridge.gateway.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;

import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Kept;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Revocation;
import dev.drawbridge.identity.Revocations;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Keeps rows in the memory of this process, for reads whose [ResultKey] is equal in everything.
/// Whoever asks has been judged before: nothing is decided here but how old rows may be.
@Singleton
public final class ResultCache {
    private final Generations generations;
    private final MeterRegistry meters;
    private final Vertx vertx;
    private final Duration staleFor;
    private final LongSupplier nanos;
    private final Cache<ResultKey, Entry> kept;
    private final Map<ResultKey, CompletableFuture<EncodedRows>> flights =
            new ConcurrentHashMap<>();

    @Inject
    ResultCache(CacheConfig config, Generations generations, MeterRegistry meters, Vertx vertx) {
        this(config, generations, meters, vertx, System::nanoTime);
    }

    /// @param nanos a clock that never goes back
    ResultCache(
            CacheConfig config,
            Generations generations,
            MeterRegistry meters,
            Vertx vertx,
            LongSupplier nanos) {
        this.generations = generations;
        this.meters = meters;
        this.vertx = vertx;
        this.staleFor = config.staleFor();
        this.nanos = nanos;
        this.kept =
                Caffeine.newBuilder()
                        .maximumWeight(config.mostBytes().asLongValue())
                        .weigher(ResultCache::size)
                        .expireAfter(Expiry.writing((ResultKey _, Entry entry) -> entry.lives()))
                        .evictionListener(
                                (@Nullable ResultKey _, @Nullable Entry _, RemovalCause why) ->
                                        evicted(why))
                        .executor(Runnable::run)
                        .ticker(nanos::getAsLong)
                        .build();
        meters.gauge("gateway.cache.entries", this, cache -> cache.kept.estimatedSize());
        meters.gauge("gateway.cache.bytes", this, ResultCache::bytes);
    }

    /// @param at when it was read, at the latest
    private record Entry(EncodedRows rows, long at, Duration lives) {}

    void start(@Observes StartupEvent event, Revocations revocations) {
        revocations.hear(this::forget);
    }

    /// Notes what a database calls itself, so that it is one over whatever connection.
    public void know(Target target, String database, String identity) {
        generations.know(target, database, identity);
    }

    /// The key of a read that begins now.
    public ResultKey key(
            Caller caller, RowContext who, Target target, String database, Statement statement) {
        return ResultKey.of(
                caller, who, target, database, statement, generations.of(target, database));
    }

    /// Rows that are fresh enough, or those that are read now. Equal reads at the same time are
    /// one, unless it fails: then each is on its own.
    public Future<EncodedRows> rows(
            ResultKey key, Freshness fresh, Supplier<Future<EncodedRows>> read) {
        Duration most = fresh.most() == null ? Duration.ZERO : fresh.most();
        Optional<EncodedRows> found = find(key, most, false);
        if (found.isPresent()) {
            count("hit");
            return Future.succeededFuture(found.get());
        }
        if (most.isZero()) {
            return missed(key, most, read);
        }
        var mine = new CompletableFuture<EncodedRows>();
        CompletableFuture<EncodedRows> other = flights.putIfAbsent(key, mine);
        if (other != null) {
            return Future.fromCompletionStage(other, vertx.getOrCreateContext())
                    .onSuccess(_ -> count("hit"))
                    .map(rows -> rows.as(new Kept(true, Duration.ZERO, false)))
                    .recover(_ -> missed(key, most, read));
        }
        return missed(key, most, read)
                .onComplete(outcome -> {
                    flights.remove(key);
                    if (outcome.succeeded()) {
                        mine.complete(outcome.result());
                    } else {
                        mine.completeExceptionally(outcome.cause());
                    }
                });
    }

    /// Rows for while the database cannot be reached: older than they should be, and saying so.
    public Optional<EncodedRows> stale(ResultKey key, Freshness fresh) {
        if (fresh.strict() || fresh.most() == null) {
            return Optional.empty();
        }
        Optional<EncodedRows> found = find(key, fresh.most().plus(staleFor), true);
        found.ifPresent(_ -> count("stale"));
        return found;
    }

    /// Another number whenever something was written to a database through a gateway.
    public long generation(Target target, String database) {
        return generations.of(target, database);
    }

    /// Makes everything that was read of a database before unknown. Here at once.
    public void written(Target target, String database) {
        generations.move(target, database);
    }

    /// Forgets every version of a connection but this one.
    public void forgetOthers(UUID connection, long version) {
        kept.asMap()
                .keySet()
                .removeIf(key -> key.connection().equals(connection) && key.version() != version);
    }

    private void forget(Revocation revocation) {
        kept.asMap().keySet().removeIf(key -> revocation.concerns(key.caller()));
    }

    private Optional<EncodedRows> find(ResultKey key, Duration most, boolean stale) {
        Entry entry = most.isZero() ? null : kept.getIfPresent(key);
        if (entry == null) {
            return Optional.empty();
        }
        Duration age = Duration.ofNanos(nanos.getAsLong() - entry.at());
        return age.compareTo(most) > 0
                ? Optional.empty()
                : Optional.of(entry.rows().as(new Kept(true, age, stale)));
    }

    private Future<EncodedRows> missed(
            ResultKey key, Duration most, Supplier<Future<EncodedRows>> read) {
        count("miss");
        long began = nanos.getAsLong();
        return read(read)
                .map(rows -> {
                    EncodedRows now = rows.as(new Kept(false, Duration.ZERO, false));
                    kept.put(key, new Entry(rows, began, lives(key, most)));
                    return now;
                });
    }

    /// As long as the longest wish for these rows.
    private Duration lives(ResultKey key, Duration most) {
        Entry before = kept.getIfPresent(key);
        Duration wished = most.plus(staleFor);
        return before != null && before.lives().compareTo(wished) > 0 ? before.lives() : wished;
    }

    private static Future<EncodedRows> read(Supplier<Future<EncodedRows>> read) {
        try {
            return read.get();
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }

    private static int size(ResultKey key, Entry entry) {
        long bytes = key.size() + 2L * (entry.rows().json().length() + entry.rows().tsv().length());
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private double bytes() {
        return kept.policy()
                .eviction()
                .map(eviction -> (double) eviction.weightedSize().orElse(0))
                .orElse(0.0);
    }

    private void count(String result) {
        meters.counter("gateway.cache.reads", "result", result).increment();
    }

    private void evicted(RemovalCause why) {
        meters.counter("gateway.cache.evictions", "cause", why.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
