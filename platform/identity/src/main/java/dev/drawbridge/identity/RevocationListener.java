package dev.drawbridge.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/// Hears revocations on a connection of its own to the datastore, and asks every few seconds
/// whether there is still somebody at its other end. While there is not, nothing is remembered, and
/// after a gap everything is forgotten: what was said meanwhile was missed.
@Singleton
final class RevocationListener {
    private static final Logger LOG = Logger.getLogger(RevocationListener.class);
    private static final long RETRY_MS = 500;
    private static final long ASK_EVERY_MS = 3_000;
    private static final long PATIENCE_MS = 5_000;

    private final Pool pool;
    private final Vertx vertx;
    private final @Nullable ExchangedCallers callers;
    private volatile boolean stopping;

    RevocationListener(Pool pool, Vertx vertx, CallerSource callers) {
        this.pool = pool;
        this.vertx = vertx;
        // auth-service knows its callers itself and has nothing to forget.
        this.callers = callers instanceof ExchangedCallers exchanged ? exchanged : null;
    }

    void start(@Observes StartupEvent event) {
        if (callers != null) {
            listen(callers);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void listen(ExchangedCallers remembered) {
        if (stopping) {
            return;
        }
        pool.getConnection()
                .onSuccess(connection -> listenOn((PgConnection) connection, remembered))
                .onFailure(failure -> listenLater(failure, remembered));
    }

    private void listenOn(PgConnection connection, ExchangedCallers remembered) {
        Promise<Void> over = Promise.promise();
        connection.notificationHandler(notification ->
                remembered.forget(Revocation.parse(notification.getPayload())::concerns));
        connection.closeHandler(_ -> over.tryFail("its connection was closed"));
        askToListen(connection)
                .onSuccess(_ -> {
                    remembered.startRemembering();
                    askAgain(connection, over);
                })
                .onFailure(over::tryFail);
        over.future()
                .onFailure(failure -> {
                    remembered.stopRemembering();
                    end(connection);
                    listenLater(failure, remembered);
                });
    }

    /// A connection whose other end is gone looks like one on which nothing was announced.
    private void askAgain(PgConnection connection, Promise<Void> over) {
        vertx.setTimer(
                ASK_EVERY_MS,
                _ -> {
                    if (!stopping && !over.future().isComplete()) {
                        askToListen(connection)
                                .onSuccess(_ -> askAgain(connection, over))
                                .onFailure(over::tryFail);
                    }
                });
    }

    /// Again and again is as good as once.
    private static Future<RowSet<Row>> askToListen(PgConnection connection) {
        return connection
                .query("listen " + Revocation.CHANNEL)
                .execute()
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    /// By its channel: closing would put it back into the pool, to be dead for somebody else.
    private static void end(PgConnection connection) {
        var pooled = ((SqlConnectionInternal) connection).unwrap();
        var socket = ((SocketConnectionBase) pooled.unwrap()).socket();
        var _ = socket.channelHandlerContext().channel().close();
    }

    private void listenLater(Throwable failure, ExchangedCallers remembered) {
        if (!stopping) {
            LOG.warnf("Revocations cannot be heard: %s", failure.toString());
            vertx.setTimer(RETRY_MS, _ -> listen(remembered));
        }
    }
}
