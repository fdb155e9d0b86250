package dev.drawbridge.gateway.target.wire;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.spi.ConnectionFactory;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/// The driver, with a guard at each connection that it makes.
final class GuardedDriver extends PgDriver {
    private final Supplier<OpeningGuard> guards;

    GuardedDriver(Supplier<OpeningGuard> guards) {
        this.guards = guards;
    }

    @Override
    public ConnectionFactory createConnectionFactory(
            Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> options) {
        return new Factory((VertxInternal) vertx, options, guards);
    }

    /// Connects by a client of its own. All sessions of one pool have the same options but for the
    /// address, so one client is enough.
    private static final class Factory extends PgConnectionFactory {
        private final Supplier<OpeningGuard> guards;
        private @Nullable NetClient client;

        Factory(
                VertxInternal vertx,
                Supplier<? extends Future<? extends SqlConnectOptions>> options,
                Supplier<OpeningGuard> guards) {
            super(vertx, options);
            this.guards = guards;
        }

        @Override
        protected synchronized NetClient netClient(NetClientOptions options) {
            if (client == null) {
                client = guarded(options);
            }
            return client;
        }

        /// With the options that the driver gives its own.
        private NetClient guarded(NetClientOptions options) {
            var plain = new NetClientOptions(options).setReconnectAttempts(0);
            if (plain.getHostnameVerificationAlgorithm() == null) {
                plain.setHostnameVerificationAlgorithm("");
            }
            var guarded =
                    new NetClientImpl(vertx, null, plain, clientCloseFuture) {
                        @Override
                        protected void initChannel(ChannelPipeline pipeline) {
                            super.initChannel(pipeline);
                            pipeline.addLast(guards.get());
                        }
                    };
            clientCloseFuture.add(guarded);
            return guarded;
        }
    }
}
