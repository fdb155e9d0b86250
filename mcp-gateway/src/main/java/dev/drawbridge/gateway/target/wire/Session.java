package dev.drawbridge.gateway.target.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One server session, leased to one caller at a time. The driver opened it and hears what the
/// server says by itself; for a flight we speak on its socket ourselves, because the driver can
/// neither send a transaction with one Sync, nor end a session for good, nor count bytes.
final class Session {
    /// What the driver calls its codec.
    static final String CODEC = "codec";

    /// A server takes no longer to hang up, once it has been told that we go.
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private static final int TERMINATE_LENGTH = Integer.BYTES;

    private final Vertx vertx;
    private final PgConnection connection;
    private final PgConnectOptions options;
    private final Channel channel;
    private final boolean keepsStatements;

    // On the session's event loop.
    private @Nullable SessionCall call;

    // Under the lock of the connection's sessions.
    private long endsAt;
    private boolean left;
    private boolean gone;
    private @Nullable SessionPool heir;

    /// @param options that it was opened with, but for the address
    /// @param keepsStatements whether the next transaction comes to the same server session
    Session(
            Vertx vertx,
            PgConnection connection,
            PgConnectOptions options,
            boolean keepsStatements) {
        this.vertx = vertx;
        this.connection = connection;
        this.options = options;
        var socket = ((SocketConnectionBase) ((SqlConnectionBase<?>) connection).unwrap()).socket();
        this.channel = socket.channelHandlerContext().channel();
        this.keepsStatements = keepsStatements;
    }

    boolean isOn(EventLoop loop) {
        return channel.eventLoop() == loop;
    }

    /// Runs it on the session's event loop, where all that happens to the session is in order.
    void inOrder(Runnable step) {
        if (channel.eventLoop().inEventLoop()) {
            step.run();
        } else {
            channel.eventLoop().execute(step);
        }
    }

    /// Sends a flight, which hears by itself how it ends. On the session's event loop.
    void depart(Flight flight) {
        ChannelPipeline pipeline = channel.pipeline();
        ChannelHandlerContext context = pipeline.context(FlightHandler.NAME);
        if (context == null && pipeline.get(CODEC) != null) {
            var statements = new PreparedStatements(keepsStatements);
            pipeline.addBefore(CODEC, FlightHandler.NAME, new FlightHandler(statements));
            context = pipeline.context(FlightHandler.NAME);
        }
        if (context == null) {
            flight.lost(new ClosedChannelException()); // It was lost while it waited in the pool.
        } else {
            ((FlightHandler) context.handler()).depart(context, flight);
        }
    }

    /// Notes the call that it serves. On the session's event loop.
    ///
    /// @param now null when it has ended
    void serves(@Nullable SessionCall now) {
        call = now;
    }

    /// Nothing is to be expected of the server any more.
    void giveUp() {
        inOrder(() -> {
            if (call != null) {
                call.giveUp();
            }
        });
    }

    /// Asks the server to stop what runs, at the address that the session goes to. It may stop what
    /// runs next instead, so the session must not be used by anyone else afterwards.
    Future<Void> cancel() {
        var remote = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        return CancelRequest.send(vertx, new PinnedOptions(options, named(remote)), connection);
    }

    /// With the name that a certificate must carry.
    private InetAddress named(InetAddress address) {
        try {
            return InetAddress.getByAddress(options.getHost(), address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// By `System.nanoTime`.
    void endsAt(long then) {
        endsAt = then;
    }

    boolean isOld(long now) {
        return now - endsAt > 0;
    }

    /// Nobody gets it any more.
    ///
    /// @param next that may open one in its place
    void left(@Nullable SessionPool next) {
        left = true;
        heir = next;
    }

    boolean hasLeft() {
        return left;
    }

    @Nullable SessionPool heir() {
        return heir;
    }

    void hasGone() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /// False for one that was lost.
    boolean isAlive() {
        return channel.isActive();
    }

    /// Done once the connection is closed, by whomever.
    Future<Void> closed() {
        Promise<Void> closed = Promise.promise();
        channel.closeFuture().addListener(_ -> closed.complete());
        return closed.future();
    }

    /// Ends a session that runs nothing: says so, and waits until the server has hung up. By then
    /// it has none of it any more.
    ///
    /// @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">termination</a>
    void end() {
        inOrder(() -> {
            ChannelHandlerContext context = channel.pipeline().context(CODEC);
            if (context == null || !channel.isActive()) {
                abort();
                return;
            }
            ByteBuf terminate = context.alloc().buffer(1 + TERMINATE_LENGTH);
            terminate.writeByte('X').writeInt(TERMINATE_LENGTH);
            var _ = context.writeAndFlush(terminate, context.voidPromise());
            var _ =
                    channel.eventLoop()
                            .schedule(this::abort, FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /// Hangs up, whatever runs. Past all handlers: Vert.x's own waits for what is still to be
    /// written, and never completes the close of a socket that is closed already.
    void abort() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            var _ = first.close();
        }
    }
}
