package dev.drawbridge.gateway.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.wire.TargetPool;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The catalogs of the databases that are read, none of them older than it may be.
@Singleton
public final class Catalogs {
    private final Vertx vertx;
    private final Duration freshness;
    private final Cache<TargetPool, Kept> kept = Caffeine.newBuilder().weakKeys().build();

    Catalogs(Vertx vertx, CatalogConfig config) {
        this.vertx = vertx;
        this.freshness = config.freshness();
    }

    /// What the things in a pool's database mean to its login.
    ///
    /// @param who asks; whoever asks over this pool gets the same answer
    /// @param rules of the connection that the pool is of
    public Future<DatabaseCatalog> of(TargetPool pool, RowContext who, GuardRules rules) {
        Kept known = kept.get(pool, _ -> new Kept());
        Snapshot newest = known.snapshot;
        return newest != null && newest.age() < freshness.toNanos() / 2
                ? Future.succeededFuture(newest.catalog())
                : known.present(new CatalogReader(pool, who), rules);
    }

    /// What a database that is only tried says now.
    public Future<DatabaseCatalog> trial(TargetPool pool, RowContext who, GuardRules rules) {
        return new CatalogReader(pool, who).read().compose(rows -> judged("", rows, rules));
    }

    @SuppressWarnings("NullAway") // Vert.x lets a blocking call answer null; this one never does.
    private Future<DatabaseCatalog> judged(String fingerprint, CatalogRows rows, GuardRules rules) {
        return vertx.executeBlocking(() -> new DatabaseCatalog(fingerprint, rows, rules), false);
    }

    /// @param asOf `System.nanoTime()` before it was asked for
    private record Snapshot(DatabaseCatalog catalog, long asOf) {
        long age() {
            return System.nanoTime() - asOf;
        }
    }

    /// One catalog: a single question about it is under way at a time.
    private final class Kept {
        /// Read without a lock by every call.
        private volatile @Nullable Snapshot snapshot;

        private @Nullable CompletableFuture<DatabaseCatalog> underWay;

        synchronized Future<DatabaseCatalog> present(CatalogReader reader, GuardRules rules) {
            CompletableFuture<DatabaseCatalog> asked =
                    underWay == null ? ask(reader, rules) : underWay;
            Snapshot known = snapshot;
            return known != null && known.age() < freshness.toNanos()
                    ? Future.succeededFuture(known.catalog())
                    : Future.fromCompletionStage(asked, vertx.getOrCreateContext());
        }

        /// What is asked now counts as of now.
        private CompletableFuture<DatabaseCatalog> ask(CatalogReader reader, GuardRules rules) {
            long began = System.nanoTime();
            CompletableFuture<DatabaseCatalog> answer = new CompletableFuture<>();
            underWay = answer;
            newest(reader, rules)
                    .onSuccess(found -> keep(found, began))
                    .onComplete(found -> {
                        done();
                        if (found.succeeded()) {
                            answer.complete(found.result());
                        } else {
                            answer.completeExceptionally(found.cause());
                        }
                    });
            return answer;
        }

        private void keep(DatabaseCatalog found, long began) {
            snapshot = new Snapshot(found, began);
        }

        private synchronized void done() {
            underWay = null;
        }

        private Future<DatabaseCatalog> newest(CatalogReader reader, GuardRules rules) {
            Snapshot before = snapshot;
            DatabaseCatalog known = before == null ? null : before.catalog();
            return reader.fingerprint()
                    .compose(now ->
                            known != null && known.fingerprint().equals(now)
                                    ? Future.succeededFuture(known)
                                    : reader.read().compose(rows -> judged(now, rows, rules)));
        }
    }
}
