package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.catalog.Catalogs;
import dev.drawbridge.gateway.catalog.DatabaseCatalog;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.connection.DatabaseNames;
import dev.drawbridge.gateway.sqlguard.ReadOnlySql;
import dev.drawbridge.gateway.sqlguard.WriteSql;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.gateway.target.RowContext;
import dev.drawbridge.gateway.target.RowContexts;
import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.wire.TargetPool;
import dev.drawbridge.gateway.target.wire.Targets;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.function.Consumer;

/// Whether a database takes a statement that somebody keeps for others to run, and what it makes of
/// it. Asked with the connection's own login, as nobody; nothing is run.
@Singleton
final class KeptStatements {
    private final Connections connections;
    private final Targets targets;
    private final DatabaseNames names;
    private final RowContexts contexts;
    private final Catalogs catalogs;

    KeptStatements(
            Connections connections,
            Targets targets,
            DatabaseNames names,
            RowContexts contexts,
            Catalogs catalogs) {
        this.connections = connections;
        this.targets = targets;
        this.names = names;
        this.contexts = contexts;
        this.catalogs = catalogs;
    }

    /// What a database says of a statement that reads.
    ///
    /// @return fails with `QUERY_REJECTED` for what may do more there, `DATABASE_ERROR`,
    ///   `NOT_FOUND` for no such database, `DATABASE_UNAVAILABLE`
    Future<Described> described(Connection connection, String database, ReadOnlySql sql) {
        return described(connection, database, catalog -> catalog.check(sql), sql.text());
    }

    /// The same of one that writes.
    Future<Described> described(Connection connection, String database, WriteSql sql) {
        return described(connection, database, catalog -> catalog.check(sql), sql.text());
    }

    private Future<Described> described(
            Connection connection, String database, Consumer<DatabaseCatalog> check, String sql) {
        Target target = connections.target(connection);
        RowContext nobody = contexts.ofNobody(target);
        return pool(connection, target, database, nobody)
                .compose(pool ->
                        catalogs.of(pool, nobody, connection.guard())
                                .compose(catalog -> {
                                    check.accept(catalog);
                                    return pool.described(nobody, sql, new CancelSignal());
                                }));
    }

    private Future<TargetPool> pool(
            Connection connection, Target target, String database, RowContext nobody) {
        if (database.equals(connection.database())) {
            return Future.succeededFuture(targets.pool(target, database));
        }
        StartupName.require("database", database);
        return names.of(target, connection.database(), nobody)
                .map(all -> {
                    if (!all.contains(database)) {
                        throw new Problem.NotFound("database", "of that name").exception();
                    }
                    return targets.pool(target, database);
                });
    }
}
