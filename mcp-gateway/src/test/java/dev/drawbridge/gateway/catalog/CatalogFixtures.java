package dev.drawbridge.gateway.catalog;

import dev.drawbridge.gateway.target.PoolMode;
import dev.drawbridge.gateway.target.Rls;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContextFixtures;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TlsMode;
import dev.drawbridge.gateway.target.wire.TargetFixtures;
import dev.drawbridge.gateway.target.wire.TargetPool;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Catalogs of databases, for tests that have no service around them.
public final class CatalogFixtures {
    private CatalogFixtures() {}

    /// What the database says now.
    public static Future<DatabaseCatalog> read(TargetPool pool, RowContext who, GuardRules rules) {
        return new CatalogReader(pool, who)
                .read()
                .map(rows -> new DatabaseCatalog("", rows, rules));
    }

    /// What a server on this machine says now to a login whose password is its name.
    public static DatabaseCatalog read(Vertx vertx, int port, String login, GuardRules rules) {
        var config = TargetFixtures.config(Map.of());
        TargetPool pool = pool(vertx, port, login);
        try {
            return await(read(pool, RowContextFixtures.nobody(config), rules));
        } finally {
            pool.close();
        }
    }

    static TargetPool pool(Vertx vertx, int port, String login) {
        var target =
                new Target(
                        UUID.randomUUID(),
                        1,
                        "127.0.0.1",
                        port,
                        login,
                        login,
                        TlsMode.DISABLE,
                        null,
                        PoolMode.DIRECT,
                        1,
                        Rls.NONE,
                        null);
        return TargetFixtures.targets(vertx, TargetFixtures.config(Map.of()))
                .trial(target, "postgres");
    }

    /// Waits for it.
    public static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
