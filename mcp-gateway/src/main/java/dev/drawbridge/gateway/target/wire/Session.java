package dev.drawbridge.gateway.target.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;
import io.vertx.sqlclient.impl.command.CompositeCommand;

/// One pooled server session, leased to one caller: the driver's inner face. The driver's public
/// one cannot send several commands in one flight, cannot end a session for good, and cannot count
/// bytes.
final class Session {
    private final SqlConnectionBase<?> leased;
    private final NetSocketInternal socket;

    Session(SqlConnection leased) {
        this.leased = (SqlConnectionBase<?>) leased;
        Connection pooled = this.leased.unwrap();
        this.socket = ((SocketConnectionBase) pooled.unwrap()).socket();
    }

    WireBudget budget() {
        return WireBudget.of(socket);
    }

    /// Sends all commands of the flight with one flush.
    ///
    /// @return fails when the session is gone; the commands themselves then never complete
    Future<Void> send(ContextInternal context, CompositeCommand flight) {
        return leased.schedule(context, flight);
    }

    /// Asks the server to stop what runs. Completes when the request is written, not when it is
    /// delivered, so the session must not be used by anyone else afterwards.
    Future<Void> cancel() {
        return ((PgConnection) leased).cancelRequest();
    }

    /// Gives the session back for the next caller.
    Future<Void> release() {
        return leased.close();
    }

    /// Ends the session. Nobody gets it again. By Netty's channel, because Vert.x's socket never
    /// completes the close of one that is closed already.
    Future<Void> destroy() {
        Promise<Void> closed = Promise.promise();
        socket.channelHandlerContext().channel().close().addListener(_ -> closed.complete());
        return closed.future().transform(_ -> leased.close()).otherwiseEmpty();
    }
}
