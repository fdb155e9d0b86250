package dev.drawbridge.gateway.target.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;

/// One pooled server session, leased to one caller. The driver opened it and keeps it; for a flight
/// we speak on its socket ourselves, because the driver can neither send a transaction with one
/// Sync, nor end a session for good, nor count bytes.
final class Session {
    /// What the driver calls its codec.
    static final String CODEC = "codec";

    private final Vertx vertx;
    private final SqlConnectionBase<?> leased;
    private final PgConnectOptions options;
    private final Channel channel;
    private final boolean keepsStatements;

    /// @param options that it was opened with, but for the address
    /// @param keepsStatements whether the next transaction comes to the same server session
    Session(Vertx vertx, SqlConnection leased, PgConnectOptions options, boolean keepsStatements) {
        this.vertx = vertx;
        this.leased = (SqlConnectionBase<?>) leased;
        this.options = options;
        Connection pooled = this.leased.unwrap();
        var socket = ((SocketConnectionBase) pooled.unwrap()).socket();
        this.channel = socket.channelHandlerContext().channel();
        this.keepsStatements = keepsStatements;
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

    /// Asks the server to stop what runs, at the address that the session goes to. It may stop what
    /// runs next instead, so the session must not be used by anyone else afterwards.
    Future<Void> cancel() {
        var remote = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        return CancelRequest.send(
                vertx, new PinnedOptions(options, named(remote)), (PgConnection) leased);
    }

    /// With the name that a certificate must carry.
    private InetAddress named(InetAddress address) {
        try {
            return InetAddress.getByAddress(options.getHost(), address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Gives the session back for the next caller.
    Future<Void> release() {
        return leased.close();
    }

    /// Ends the session. Nobody gets it again. By Netty's channel, because Vert.x's socket never
    /// completes the close of one that is closed already.
    Future<Void> destroy() {
        Promise<Void> closed = Promise.promise();
        channel.close().addListener(_ -> closed.complete());
        return closed.future().transform(_ -> leased.close()).otherwiseEmpty();
    }
}
