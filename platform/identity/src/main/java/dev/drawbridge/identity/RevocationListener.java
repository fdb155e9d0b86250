package dev.drawbridge.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

/// Hears revocations on a connection of its own to the datastore. While that is down nothing is
/// remembered, and after a gap everything is forgotten: what was said meanwhile was missed.
@Singleton
final class RevocationListener {
    private static final Logger LOG = Logger.getLogger(RevocationListener.class);
    private static final long RETRY_MS = 500;

    private final Pool pool;
    private final Vertx vertx;
    private final Instance<ExchangedCallers> callers;
    private volatile boolean stopping;

    RevocationListener(Pool pool, Vertx vertx, Instance<ExchangedCallers> callers) {
        this.pool = pool;
        this.vertx = vertx;
        this.callers = callers;
    }

    void start(@Observes StartupEvent event) {
        // auth-service knows its callers itself and has nothing to forget.
        if (callers.isResolvable()) {
            listen();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void listen() {
        if (stopping) {
            return;
        }
        pool.getConnection().onSuccess(this::listenOn).onFailure(this::retry);
    }

    private void listenOn(SqlConnection connection) {
        var listening = (PgConnection) connection;
        listening.notificationHandler(notification ->
                callers.get().forget(Revocation.parse(notification.getPayload())::concerns));
        listening.closeHandler(_ -> lost());
        listening
                .query("listen " + Revocation.CHANNEL)
                .execute()
                .onSuccess(_ -> callers.get().startRemembering())
                .onFailure(failure -> {
                    listening.close();
                    retry(failure);
                });
    }

    private void lost() {
        callers.get().stopRemembering();
        if (!stopping) {
            LOG.warn("The datastore connection that hears revocations was lost");
            vertx.setTimer(RETRY_MS, _ -> listen());
        }
    }

    private void retry(Throwable failure) {
        if (!stopping) {
            LOG.warnf("Revocations cannot be heard yet: %s", failure.toString());
            vertx.setTimer(RETRY_MS, _ -> listen());
        }
    }
}
