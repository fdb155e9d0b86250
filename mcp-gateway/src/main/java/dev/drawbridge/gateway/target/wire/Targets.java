package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.pool.Budget;
import dev.drawbridge.gateway.pool.Budgets;
import dev.drawbridge.gateway.pool.PoolConfig;
import dev.drawbridge.gateway.pool.PoolStates;
import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.route.EndpointHealth;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The pools of all connections, opened at first use: one for each database of each connection, and
/// of each login that signs in with its own password.
@Singleton
public final class Targets {
    private static final long SWEEP_MS = 1_000;
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(10);

    /// With an end for each statement of an administrator's: somebody waits for it.
    private static final String BEGIN =
            "begin; set local lock_timeout = '5s'; set local statement_timeout = '20s'";

    private final Vertx vertx;
    private final NetworkPolicy network;
    private final TargetConfig config;
    private final AnswerRoom room;
    private final Budgets budgets;
    private final PoolConfig poolConfig;
    private final OpenPools pools;
    private final Watches watches;
    private final Map<UUID, ConnectionSessions> connections = new ConcurrentHashMap<>();

    Targets(
            Vertx vertx,
            NetworkPolicy network,
            TargetConfig config,
            AnswerRoom room,
            Budgets budgets,
            PoolConfig poolConfig,
            Watches watches) {
        this.vertx = vertx;
        this.network = network;
        this.config = config;
        this.room = room;
        this.budgets = budgets;
        this.poolConfig = poolConfig;
        this.watches = watches;
        this.pools = new OpenPools(vertx, config.databasesPerLogin());
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(SWEEP_MS, _ -> sweep());
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
        return open(target, database, sessions(target), watches.trial(target));
    }

    /// How the endpoints of a connection are, asked now.
    public Future<List<EndpointHealth>> health(Target target, String database) {
        pool(target, database);
        return watches.health(target);
    }

    /// The connections that pools were opened for.
    public Set<UUID> connections() {
        return Set.copyOf(connections.keySet());
    }

    /// What the pools of a connection are doing.
    public PoolStates states(UUID connection) {
        ConnectionSessions sessions = connections.get(connection);
        return sessions == null ? PoolStates.NONE : sessions.states();
    }

    /// Nobody gets a pool of another version of a connection any more. Who has one goes on with it,
    /// so that a changed password or host costs no call.
    public void retireOthers(UUID connection, long version) {
        pools.retire(key -> key.connection().equals(connection) && key.version() != version);
    }

    /// Closes the pools of somebody's own login.
    public void retireLogin(UUID login) {
        pools.close(key -> login.equals(key.login()));
    }

    /// What the server asks of the target's login before it lets it in.
    public Future<PasswordDemand> demand(Target target, String database) {
        return Future.succeededFuture(target)
                .compose(known -> opener(known, database).pinned())
                .compose(options ->
                        Handshake.demand(
                                vertx, (PgConnectOptions) options, config.connectTimeout()))
                .recover(failure ->
                        Future.failedFuture(
                                TargetFailures.ofCheckout(failure, true).exception(failure)));
    }

    /// Gives up what nobody has used for a while.
    void sweep() {
        pools.retireUnused(config.idleTimeout());
        connections.values().forEach(ConnectionSessions::sweep);
        watches.sweep();
        connections.keySet().forEach(id -> connections.computeIfPresent(id, this::kept));
    }

    private @Nullable ConnectionSessions kept(UUID connection, ConnectionSessions sessions) {
        if (sessions.isUsed()) {
            return sessions;
        }
        budgets.forget(connection);
        return null;
    }

    int size() {
        return pools.size();
    }

    /// Tells the servers, and gives them a moment to hang up.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        pools.close(_ -> true);
        long end = System.nanoTime() + FAREWELL.toNanos();
        while (hasSessions() && System.nanoTime() - end < 0) {
            Thread.sleep(POLL);
        }
    }

    private boolean hasSessions() {
        return connections.values().stream().anyMatch(each -> each.states().sessions() > 0);
    }

    /// Runs statements of ours that change a database, in one transaction and one after the other,
    /// on a session that is closed then, outside of the connection's budget. What they hold is not
    /// for the caller's eyes only: none of it is in a failure.
    ///
    /// @param target with the login of an administrator, in a mode that sets nothing for a session
    /// @return fails with `AUTHENTICATION_ERROR` for a login that is refused, `QUERY_ERROR` in
    ///   PostgreSQL's words
    public Future<Void> administer(Target target, String database, List<String> statements) {
        SessionOpener opener = opener(target, database);
        return opener.connect()
                .recover(failure ->
                        Future.failedFuture(
                                TargetFailures.ofCheckout(failure, true).exception(failure)))
                .compose(session -> inTransaction(session, statements))
                .onComplete(_ -> opener.close());
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
        ConnectionSessions all = sessions(target);
        Routing routing = watches.routing(target, all, one -> opener(target.at(one), database));
        TargetPool pool = open(target, database, all, routing);
        watches.add(target, pool);
        return pool;
    }

    private TargetPool open(
            Target target, String database, ConnectionSessions all, Routing routing) {
        var sessions = new TargetSessions(vertx, network, config, target, database, all, routing);
        return new TargetPool(vertx, sessions, routing, config, room, target);
    }

    private ConnectionSessions sessions(Target target) {
        return Objects.requireNonNull(
                connections.compute(target.connection(), (id, known) -> used(id, target, known)));
    }

    private ConnectionSessions used(
            UUID connection, Target target, @Nullable ConnectionSessions known) {
        Budget budget = budgets.of(connection, target.maxConnections());
        var all = known == null ? new ConnectionSessions(vertx, budget, poolConfig) : known;
        all.use();
        return all;
    }

    private SessionOpener opener(Target target, String database) {
        return new SessionOpener(
                vertx, network, config, target, database, config.statementTimeout());
    }
}
