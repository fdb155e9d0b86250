package dev.drawbridge.auth.bootstrap;

import dev.drawbridge.sql.Db;

import jakarta.inject.Singleton;

/// What the first start asks and makes.
@Singleton
final class BootstrapRepository {
    private final Db db;

    BootstrapRepository(Db db) {
        this.db = db;
    }

    /// One replica at a time; the lock ends with the transaction.
    void lock() {
        db.one(_ -> true, "select pg_advisory_xact_lock(hashtextextended('auth.bootstrap', 0))");
    }

    boolean hasUsers() {
        return db.one(_ -> true, "select 1 from auth.users limit 1").isPresent();
    }

    void addTenant(String id) {
        db.update("insert into auth.tenant (id) values ($1) on conflict do nothing", id);
    }
}
