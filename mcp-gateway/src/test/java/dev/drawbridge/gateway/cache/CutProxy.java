package dev.drawbridge.gateway.cache;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/// A way to a server on this machine that can be cut.
final class CutProxy implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final NetServer server;

    private CutProxy(int to) {
        var client = vertx.createNetClient();
        this.server =
                await(
                        vertx.createNetServer()
                                .connectHandler(from -> {
                                    from.pause();
                                    client.connect(to, "127.0.0.1")
                                            .onSuccess(other -> join(from, other))
                                            .onFailure(_ -> from.close());
                                })
                                .listen(0, "127.0.0.1"));
    }

    static CutProxy to(int port) {
        return new CutProxy(port);
    }

    int port() {
        return server.actualPort();
    }

    /// From now on nobody gets through, nor those who were.
    void cut() {
        await(server.close());
    }

    private static void join(NetSocket one, NetSocket other) {
        one.handler(other::write);
        other.handler(one::write);
        one.closeHandler(_ -> other.close());
        other.closeHandler(_ -> one.close());
        one.resume();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
