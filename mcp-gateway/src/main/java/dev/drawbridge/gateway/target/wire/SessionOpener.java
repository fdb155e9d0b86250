package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.spi.ConnectionFactory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The one place where sessions on target databases are opened: the host is judged, and a guard
/// stands at the connection.
final class SessionOpener {
    private final VertxInternal vertx;
    private final NetworkPolicy network;
    private final TargetConfig config;
    private final Target target;
    private final PgConnectOptions options;
    private final ConnectionFactory factory;

    /// @param statementTimeout of what runs on these sessions
    SessionOpener(
            Vertx vertx,
            NetworkPolicy network,
            TargetConfig config,
            Target target,
            String database,
            Duration statementTimeout) {
        this.vertx = (VertxInternal) vertx;
        this.network = network;
        this.config = config;
        this.target = target;
        this.options = SessionOptions.of(target, database, config, statementTimeout);
        this.factory = new GuardedDriver(this::guard).createConnectionFactory(vertx, this::pinned);
    }

    /// Opens a session, on the event loop of whoever asks.
    Future<PgConnection> connect() {
        return connect(vertx.getOrCreateContext().nettyEventLoop());
    }

    private Future<PgConnection> connect(EventLoop loop) {
        return factory.connect(vertx.createEventLoopContext(loop, null, null))
                .map(PgConnection.class::cast);
    }

    /// The same, to be leased.
    Future<Session> open(EventLoop loop) {
        return connect(loop)
                .map(opened ->
                        new Session(vertx, opened, options, target.mode().keepsStatements()));
    }

    /// Judged again for every session. The lookup blocks, so it does not run on an event loop.
    @SuppressWarnings("NullAway") // Vert.x lets a blocking call answer null; this one never does.
    Future<SqlConnectOptions> pinned() {
        Future<SqlConnectOptions> pinned =
                vertx.executeBlocking(
                        () -> new PinnedOptions(options, network.resolve(options.getHost())),
                        false);
        return pinned.timeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Opens no more.
    void close() {
        factory.close(Promise.promise());
    }

    private OpeningGuard guard() {
        return new OpeningGuard(
                config.connectTimeout(), new ClearPassword(target, config.allowClearPasswords()));
    }
}
