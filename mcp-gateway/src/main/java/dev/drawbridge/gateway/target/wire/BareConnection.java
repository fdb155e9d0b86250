package dev.drawbridge.gateway.target.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;

import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// A connection to a server as options describe it, TLS done and nothing else said, for what the
/// driver does not do or not well enough.
final class BareConnection {
    private static final int SSL_REQUEST = 80_877_103;

    private BareConnection() {}

    /// Connects, and hangs up when what it is used for has ended.
    ///
    /// @param options with the address that was judged
    /// @param timeout after which it hangs up, whatever the server has said by then
    static <T> Future<T> use(
            Vertx vertx,
            PgConnectOptions options,
            Duration timeout,
            Function<NetSocket, Future<T>> what) {
        return use(vertx, options, timeout, _ -> {}, what);
    }

    /// The same.
    ///
    /// @param roundTrip hears how long a message takes there and back
    static <T> Future<T> use(
            Vertx vertx,
            PgConnectOptions options,
            Duration timeout,
            Consumer<Duration> roundTrip,
            Function<NetSocket, Future<T>> what) {
        NetClientOptions plain = new NetClientOptions(options).setSsl(false);
        if (plain.getHostnameVerificationAlgorithm() == null) {
            plain.setHostnameVerificationAlgorithm(""); // Vert.x wants to be told that it is none.
        }
        NetClient client = vertx.createNetClient(plain);
        long began = System.nanoTime();
        return client.connect(options.getSocketAddress())
                .onSuccess(_ -> roundTrip.accept(Duration.ofNanos(System.nanoTime() - began)))
                .compose(socket ->
                        (options.getSslMode() == SslMode.DISABLE
                                        ? Future.<Void>succeededFuture()
                                        : protect(socket))
                                .compose(_ -> what.apply(socket)))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .eventually(() -> client.close());
    }

    private static Future<Void> protect(NetSocket socket) {
        Promise<Void> protectedNow = Promise.promise();
        socket.exceptionHandler(protectedNow::tryFail);
        socket.closeHandler(_ -> protectedNow.tryFail(new ClosedChannelException()));
        socket.handler(answer -> {
            // More than the one byte was sent by somebody who wants it taken for part of the
            // protected stream.
            if (answer.length() == 1 && answer.getByte(0) == 'S') {
                socket.upgradeToSsl().onComplete(protectedNow);
            } else {
                protectedNow.tryFail(new ProtocolException("The server does not speak TLS"));
            }
        });
        socket.write(Buffer.buffer().appendInt(2 * Integer.BYTES).appendInt(SSL_REQUEST));
        return protectedNow.future();
    }
}
