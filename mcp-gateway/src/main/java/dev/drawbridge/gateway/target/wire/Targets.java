package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.AnswerRoom;
import dev.drawbridge.gateway.target.Bounds;
import dev.drawbridge.gateway.target.NetworkPolicy;
import dev.drawbridge.gateway.target.StartupName;
import dev.drawbridge.gateway.target.Target;
import dev.drawbridge.gateway.target.TargetConfig;
import dev.drawbridge.gateway.target.TlsMode;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.security.KeyStore;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import javax.net.ssl.TrustManagerFactory;

/// The pools of all connections, opened at first use: one for each database of each connection, and
/// of each login that signs in with its own password.
@Singleton
public final class Targets {
    private final Vertx vertx;
    private final NetworkPolicy network;
    private final TargetConfig config;
    private final AnswerRoom room;
    private final Map<Key, TargetPool> pools = new ConcurrentHashMap<>();

    private record Key(UUID connection, long version, @Nullable UUID login, String database) {}

    Targets(Vertx vertx, NetworkPolicy network, TargetConfig config, AnswerRoom room) {
        this.vertx = vertx;
        this.network = network;
        this.config = config;
        this.room = room;
    }

    /// The pool of a database. Opens no session by itself.
    public TargetPool pool(Target target, String database) {
        return pools.computeIfAbsent(
                new Key(target.connection(), target.version(), target.login(), database),
                _ -> open(target, database));
    }

    /// A pool that nobody else uses, to try a connection that may be wrong. The caller closes it.
    public TargetPool trial(Target target, String database) {
        return open(target, database);
    }

    /// Closes the pools of every version of a connection but this one.
    public void retireOthers(UUID connection, long version) {
        close(key -> key.connection().equals(connection) && key.version() != version);
    }

    /// Closes the pools of somebody's own login.
    public void retireLogin(UUID login) {
        close(key -> login.equals(key.login()));
    }

    /// What the server asks of the target's login before it lets it in.
    public Future<PasswordDemand> demand(Target target, String database) {
        return Future.succeededFuture(target)
                .map(known -> options(known, database))
                .compose(this::pinned)
                .compose(options ->
                        Handshake.demand(
                                vertx, (PgConnectOptions) options, config.connectTimeout()))
                .recover(failure ->
                        Future.failedFuture(
                                TargetFailures.ofCheckout(failure, config.queueWait(), true)
                                        .exception(failure)));
    }

    private void close(Predicate<Key> which) {
        pools.entrySet()
                .removeIf(entry -> {
                    boolean old = which.test(entry.getKey());
                    if (old) {
                        entry.getValue().close();
                    }
                    return old;
                });
    }

    void stop(@Observes ShutdownEvent event) {
        pools.values().forEach(TargetPool::close);
    }

    private TargetPool open(Target target, String database) {
        PgConnectOptions options = options(target, database);
        var poolOptions =
                new PoolOptions()
                        .setMaxSize(Math.min(config.poolSize(), target.maxConnections()))
                        .setMaxWaitQueueSize(config.queueLength())
                        .setConnectionTimeout((int) config.queueWait().toMillis())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout((int) config.idleTimeout().toSeconds())
                        .setIdleTimeoutUnit(TimeUnit.SECONDS);
        var pool =
                ClientBuilder.pool(new GuardedDriver(() -> guard(target)))
                        .with(poolOptions)
                        .connectingTo(() -> pinned(options))
                        .using(vertx)
                        .build();
        return new TargetPool(vertx, pool, options, config, room, target);
    }

    private OpeningGuard guard(Target target) {
        return new OpeningGuard(
                config.connectTimeout(), new ClearPassword(target, config.allowClearPasswords()));
    }

    /// Judged again for every session. The lookup blocks, so it does not run on an event loop.
    @SuppressWarnings("NullAway") // Vert.x lets a blocking call answer null; this one never does.
    private Future<SqlConnectOptions> pinned(PgConnectOptions options) {
        Future<SqlConnectOptions> pinned =
                vertx.executeBlocking(
                        () -> new PinnedOptions(options, network.resolve(options.getHost())),
                        false);
        return pinned.timeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private PgConnectOptions options(Target target, String database) {
        var options =
                new PgConnectOptions()
                        .setHost(target.host())
                        .setPort(target.port())
                        .setUser(StartupName.require("username", target.username()))
                        .setPassword(target.password())
                        .setDatabase(StartupName.require("database", database));
        options.setConnectTimeout((int) config.connectTimeout().toMillis());
        options.setTcpKeepAlive(true);
        options.addProperty("application_name", "drawbridge");
        // One of the driver's own, and the only one of them that poolers do not know.
        options.getProperties().remove("extra_float_digits");
        if (target.mode().keepsSettings()) {
            options.addProperty("default_transaction_read_only", "on");
            Bounds.of(config).forEach(options::addProperty);
        }
        tls(options, target);
        return options;
    }

    private static void tls(PgConnectOptions options, Target target) {
        options.setSslMode(
                switch (target.tlsMode()) {
                    case DISABLE -> SslMode.DISABLE;
                    case REQUIRE -> SslMode.REQUIRE;
                    case VERIFY_CA -> SslMode.VERIFY_CA;
                    case VERIFY_FULL -> SslMode.VERIFY_FULL;
                });
        switch (target.tlsMode()) {
            case DISABLE -> {}
            case REQUIRE -> options.setTrustAll(true);
            case VERIFY_CA, VERIFY_FULL -> options.setTrustOptions(trust(target));
        }
        if (target.tlsMode() == TlsMode.VERIFY_FULL) {
            options.setHostnameVerificationAlgorithm("HTTPS");
        }
    }

    private static TrustOptions trust(Target target) {
        String ca = target.caCertificate();
        if (ca != null) {
            return new PemTrustOptions().addCertValue(Buffer.buffer(ca));
        }
        try {
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(factory.getTrustManagers()[0]);
        } catch (java.security.GeneralSecurityException noTrustStore) {
            throw new IllegalStateException(noTrustStore);
        }
    }
}
