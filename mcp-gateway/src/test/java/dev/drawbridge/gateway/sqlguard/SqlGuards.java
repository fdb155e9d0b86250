package dev.drawbridge.gateway.sqlguard;

import io.vertx.core.Vertx;

/// Guards for tests.
public final class SqlGuards {
    private SqlGuards() {}

    public static SqlGuard on(Vertx vertx) {
        return new SqlGuard(vertx);
    }
}
