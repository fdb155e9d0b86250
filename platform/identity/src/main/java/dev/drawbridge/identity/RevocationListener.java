package dev.drawbridge.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hears revocations on a connection of its own to the datastore. While that is down nothing is
/// remembered, and after a gap everything is forgotten: what was said meanwhile was missed.
@Singleton
final class RevocationListener {
    private static final Logger LOG = Logger.getLogger(RevocationListener.class);
    private static final long RETRY_MS = 500;

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
                .onSuccess(connection -> listenOn(connection, remembered))
                .onFailure(failure -> retry(failure, remembered));
    }

    private void listenOn(SqlConnection connection, ExchangedCallers remembered) {
        var listening = (PgConnection) connection;
        listening.notificationHandler(notification ->
                remembered.forget(Revocation.parse(notification.getPayload())::concerns));
        listening.closeHandler(_ -> lost(remembered));
        listening
                .query("listen " + Revocation.CHANNEL)
                .execute()
                .onSuccess(_ -> remembered.startRemembering())
                .onFailure(failure -> {
                    listening.close();
                    retry(failure, remembered);
                });
    }

    private void lost(ExchangedCallers remembered) {
        remembered.stopRemembering();
        if (!stopping) {
            LOG.warn("The datastore connection that hears revocations was lost");
            vertx.setTimer(RETRY_MS, _ -> listen(remembered));
        }
    }

    private void retry(Throwable failure, ExchangedCallers remembered) {
        if (!stopping) {
            LOG.warnf("Revocations cannot be heard yet: %s", failure.toString());
            vertx.setTimer(RETRY_MS, _ -> listen(remembered));
        }
    }
}
