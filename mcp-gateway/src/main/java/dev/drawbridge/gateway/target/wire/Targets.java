package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.TlsMode;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// The pools of all connections, opened at first use: one for each database of each connection, and
/// of each login that signs in with its own password.
@Singleton
public final class Targets {
    private static final long SWEEP_MS = 10_000;

    /// With an end for each statement of an administrator's: somebody waits for it.
    private static final String BEGIN =
            "begin; set local lock_timeout = '5s'; set local statement_timeout = '20s'";

    private final Vertx vertx;
    private final NetworkPolicy network;
    private final TargetConfig config;
    private final AnswerRoom room;
    private final OpenPools pools;

    Targets(Vertx vertx, NetworkPolicy network, TargetConfig config, AnswerRoom room) {
        this.vertx = vertx;
        this.network = network;
        this.config = config;
        this.room = room;
        this.pools = new OpenPools(vertx, config.databasesPerLogin());
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(SWEEP_MS, _ -> retireUnused());
    }

    /// The pool of a database, which is known to be there. Opens no session by itself.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `OVERLOADED` when as many databases of this
    ///   connection are being read as may be
    public TargetPool pool(Target target, String database) {
        return pools.get(OpenPools.Key.of(target, database), () -> open(target, database));
    }

    /// A pool that nobody else uses, to try a connection that may be wrong. The caller closes it.
    public TargetPool trial(Target target, String database) {
        return open(target, database);
    }

    /// Closes the pools of every version of a connection but this one.
    public void retireOthers(UUID connection, long version) {
        pools.close(key -> key.connection().equals(connection) && key.version() != version);
    }

    /// Closes the pools of somebody's own login.
    public void retireLogin(UUID login) {
        pools.close(key -> login.equals(key.login()));
    }

    /// What the server asks of the target's login before it lets it in.
    public Future<PasswordDemand> demand(Target target, String database) {
        return Future.succeededFuture(target)
                .map(known -> SessionOptions.of(known, known.endpoint(), database, config))
                .compose(options -> pinned(options, target.tls().mode()))
                .compose(options ->
                        Handshake.demand(
                                vertx, (PgConnectOptions) options, config.connectTimeout()))
                .recover(failure ->
                        Future.failedFuture(
                                TargetFailures.ofCheckout(failure, config.queueWait(), true)
                                        .exception(failure)));
    }

    /// Gives up the sessions on databases that nobody has read for a while.
    void retireUnused() {
        pools.retireUnused(config.idleTimeout());
    }

    int size() {
        return pools.size();
    }

    void stop(@Observes ShutdownEvent event) {
        pools.close(_ -> true);
    }

    /// Runs statements of ours that change a database, in one transaction and one after the other,
    /// on a session that is closed then. What they hold is not for the caller's eyes only: none of
    /// it is in a failure.
    ///
    /// @param target with the login of an administrator, in a mode that sets nothing for a session
    /// @return fails with `AUTHENTICATION_ERROR` for a login that is refused, `QUERY_ERROR` in
    ///   PostgreSQL's words
    public Future<Void> administer(Target target, String database, List<String> statements) {
        Pool pool =
                sessions(target, SessionOptions.of(target, target.endpoint(), database, config));
        return pool.getConnection()
                .recover(failure ->
                        Future.failedFuture(
                                TargetFailures.ofCheckout(failure, config.queueWait(), true)
                                        .exception(failure)))
                .compose(session -> inTransaction(session, statements))
                .eventually(() -> pool.close());
    }

    private static Future<Void> inTransaction(SqlConnection session, List<String> statements) {
        Future<Void> done = session.query(BEGIN).execute().mapEmpty();
        for (String statement : statements) {
            done = done.compose(_ -> session.query(statement).execute().mapEmpty());
        }
        return done.compose(_ -> session.query("commit").execute().<Void>mapEmpty())
                .recover(failure ->
                        Future.failedFuture(
                                TargetFailures.ofAdministration(failure).exception(failure)))
                .eventually(() -> session.close());
    }

    private TargetPool open(Target target, String database) {
        PgConnectOptions options = SessionOptions.of(target, target.endpoint(), database, config);
        Pool pool = sessions(target, options);
        return new TargetPool(vertx, pool, options, config, room, target);
    }

    private Pool sessions(Target target, PgConnectOptions options) {
        var poolOptions =
                new PoolOptions()
                        .setMaxSize(Math.min(config.poolSize(), target.maxConnections()))
                        .setMaxWaitQueueSize(config.queueLength())
                        .setConnectionTimeout((int) config.queueWait().toMillis())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout((int) config.idleTimeout().toSeconds())
                        .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return ClientBuilder.pool(new GuardedDriver(() -> guard(target)))
                .with(poolOptions)
                .connectingTo(() -> pinned(options, target.tls().mode()))
                .using(vertx)
                .build();
    }

    private OpeningGuard guard(Target target) {
        return new OpeningGuard(
                config.connectTimeout(), new ClearPassword(target, config.allowClearPasswords()));
    }

    /// Judged again for every session. The lookup blocks, so it does not run on an event loop.
    @SuppressWarnings("NullAway") // Vert.x lets a blocking call answer null; this one never does.
    private Future<SqlConnectOptions> pinned(PgConnectOptions options, TlsMode tls) {
        Future<SqlConnectOptions> pinned =
                vertx.executeBlocking(
                        () -> new PinnedOptions(options, network.resolve(options.getHost(), tls)),
                        false);
        return pinned.timeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}
