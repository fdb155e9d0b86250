package dev.drawbridge.gateway.tool;

import dev.drawbridge.gateway.cache.Freshness;
import dev.drawbridge.gateway.cache.ResultCache;
import dev.drawbridge.gateway.cache.ResultKey;
import dev.drawbridge.gateway.catalog.Catalogs;
import dev.drawbridge.gateway.catalog.DatabaseCatalog;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.limit.Costs;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.sqlguard.Repeatability;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Staging;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.tool.Databases.Database;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// The one road of a read: the statement is judged by the database's catalog, then answered from
/// what is kept, or by the database.
@Singleton
final class Reads {
    private final Catalogs catalogs;
    private final ResultCache results;
    private final Costs costs;

    Reads(Catalogs catalogs, ResultCache results, Costs costs) {
        this.catalogs = catalogs;
        this.results = results;
        this.costs = costs;
    }

    /// On whose behalf a database is read.
    ///
    /// @param fresh how old rows may be
    record Asked(Caller caller, Target target, Freshness fresh) {}

    record Open(TargetPool pool, DatabaseCatalog catalog) {}

    /// Passes with sessions of the database for what its catalog lets through.
    Future<Open> judged(Database database, Consumer<DatabaseCatalog> check) {
        return database.pool()
                .compose(pool ->
                        catalogs.of(pool, database.who(), database.connection().guard())
                                .map(catalog -> {
                                    check.accept(catalog);
                                    know(database, catalog);
                                    return new Open(pool, catalog);
                                }));
    }

    private void know(Database database, DatabaseCatalog catalog) {
        results.know(database.asked().target(), database.name(), catalog.identity());
    }

    Future<EncodedRows> encoded(Database database, ReadOnlySql sql, Statement statement) {
        Asked asked = database.asked();
        if (!asked.fresh().isWished()) {
            return judged(database, catalog -> catalog.check(sql))
                    .compose(open -> read(database, open, statement));
        }
        // Of when the read begins: by then it is known which database it is.
        Supplier<ResultKey> key =
                () ->
                        results.key(
                                asked.caller(),
                                database.who(),
                                asked.target(),
                                database.name(),
                                statement);
        return judged(database, catalog -> catalog.check(sql))
                .compose(open ->
                        isRepeatable(open.catalog(), sql, statement)
                                ? results.rows(
                                        key.get(),
                                        asked.fresh(),
                                        () -> read(database, open, statement))
                                : read(database, open, statement))
                .recover(failure -> stale(key.get(), asked.fresh(), failure));
    }

    Future<List<List<@Nullable Object>>> values(
            Database database, ReadOnlySql sql, Statement statement) {
        return values(database, sql, Staging.NONE, statement);
    }

    /// The same, with what the session is to remember meanwhile.
    Future<List<List<@Nullable Object>>> values(
            Database database, ReadOnlySql sql, Staging staging, Statement statement) {
        return judged(database, catalog -> catalog.check(sql))
                .compose(open -> values(database, open.pool(), staging, statement));
    }

    /// Rows of a statement of our own.
    Future<List<List<@Nullable Object>>> own(Database database, Statement statement) {
        return database.pool().compose(pool -> values(database, pool, Staging.NONE, statement));
    }

    private Future<List<List<@Nullable Object>>> values(
            Database database, TargetPool pool, Staging staging, Statement statement) {
        return charged(
                database,
                () -> pool.values(database.who(), staging, statement, database.signal()),
                List::size,
                _ -> 0);
    }

    /// What it costs the connection is counted, and has to be left.
    <T> Future<T> charged(
            Database database,
            Supplier<Future<T>> work,
            ToLongFunction<T> rows,
            ToLongFunction<T> bytes) {
        Connection connection = database.connection();
        return costs.charged(connection.tenant(), connection.id(), work, rows, bytes);
    }

    /// Whatever was read of the database before is not so any more.
    void written(Database database) {
        results.written(database.asked().target(), database.name());
    }

    private Future<EncodedRows> read(Database database, Open open, Statement statement) {
        return charged(
                database,
                () -> open.pool().encoded(database.who(), statement, database.signal()),
                EncodedRows::count,
                rows -> rows.json().length());
    }

    private static boolean isRepeatable(
            DatabaseCatalog catalog, ReadOnlySql sql, Statement statement) {
        return catalog.isRepeatable(sql)
                && !Repeatability.namesMoment(statement.parameters().toString());
    }

    /// Whether the database cannot be reached, so that what it said before may do.
    static boolean isAway(Throwable failure) {
        return failure instanceof ProblemException known
                && known.problem() instanceof Problem.DatabaseUnavailable;
    }

    private Future<EncodedRows> stale(ResultKey key, Freshness fresh, Throwable failure) {
        return isAway(failure)
                ? results.stale(key, fresh)
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(failure))
                : Future.failedFuture(failure);
    }
}
