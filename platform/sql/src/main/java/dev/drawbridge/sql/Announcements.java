package dev.drawbridge.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// What is announced to all processes at the datastore, as PostgreSQL's notifications. Whoever
/// hears has a connection of its own, and it is asked every few seconds whether there is still
/// somebody at its other end: one whose end is gone looks like one on which nothing is said.
@Singleton
public final class Announcements {
    private static final long RETRY_MS = 500;
    private static final long ASK_EVERY_MS = 3_000;
    private static final long PATIENCE_MS = 5_000;

    private final Pool pool;
    private final Vertx vertx;

    /// @param pool of the datastore; closing it stays the giver's business
    public Announcements(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    /// Who hears a channel. Called on an event loop, one call after the other.
    public interface Listener {
        /// From now on everything is heard. What was said before was perhaps missed.
        void begun();

        void heard(String payload);

        /// Nothing is heard until it has [#begun] (again), which is tried until then.
        void lost(Throwable why);
    }

    /// Announces in this order.
    ///
    /// @param payloads each shorter than 8,000 bytes; those that are the same may arrive as one
    public Future<Void> announce(String channel, List<String> payloads) {
        return pool.preparedQuery(
                        """
                        select pg_notify($1, payload)
                          from unnest($2::text[]) with ordinality said (payload, place)
                         order by place
                        """)
                .execute(Tuple.of(channel, (Object) payloads.toArray(String[]::new)))
                .mapEmpty();
    }

    /// Hears a channel until it is closed.
    ///
    /// @param channel an identifier
    public Hearing hear(String channel, Listener listener) {
        var hearing = new Hearing(channel, listener);
        hearing.connect();
        return hearing;
    }

    /// A channel that is being heard.
    public final class Hearing implements AutoCloseable {
        private final String channel;
        private final Listener listener;
        private final Promise<Void> closed = Promise.promise();

        private Hearing(String channel, Listener listener) {
            this.channel = channel;
            this.listener = listener;
        }

        @Override
        public void close() {
            closed.tryComplete();
        }

        private boolean isClosed() {
            return closed.future().isComplete();
        }

        private void connect() {
            if (!isClosed()) {
                pool.getConnection()
                        .onSuccess(connection -> listenOn((PgConnection) connection))
                        .onFailure(this::connectLater);
            }
        }

        private void listenOn(PgConnection connection) {
            Promise<Void> over = Promise.promise();
            connection.notificationHandler(said -> listener.heard(said.getPayload()));
            connection.closeHandler(_ -> over.tryFail("its connection was closed"));
            askToListen(connection)
                    .onSuccess(_ -> {
                        listener.begun();
                        askAgain(connection, over);
                    })
                    .onFailure(over::tryFail);
            over.future()
                    .onFailure(why -> {
                        end(connection);
                        connectLater(why);
                    });
            closed.future().onSuccess(_ -> end(connection));
        }

        private void askAgain(PgConnection connection, Promise<Void> over) {
            vertx.setTimer(
                    ASK_EVERY_MS,
                    _ -> {
                        if (!isClosed() && !over.future().isComplete()) {
                            askToListen(connection)
                                    .onSuccess(_ -> askAgain(connection, over))
                                    .onFailure(over::tryFail);
                        }
                    });
        }

        /// Again and again is as good as once.
        private Future<RowSet<Row>> askToListen(PgConnection connection) {
            return connection
                    .query("listen " + channel)
                    .execute()
                    .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS);
        }

        private void connectLater(Throwable why) {
            if (!isClosed()) {
                listener.lost(why);
                vertx.setTimer(RETRY_MS, _ -> connect());
            }
        }
    }

    /// By its channel: closing would put it back into the pool, to be dead for somebody else.
    private static void end(PgConnection connection) {
        var pooled = ((SqlConnectionInternal) connection).unwrap();
        var socket = ((SocketConnectionBase) pooled.unwrap()).socket();
        var _ = socket.channelHandlerContext().channel().close();
    }
}
