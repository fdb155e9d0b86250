package dev.drawbridge.gateway.own;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import java.io.UncheckedIOException;
import java.util.concurrent.Executors;

/// Watches the folder of own files: looks at it every two seconds, which works on every kind of
/// file system, and tells when something in it is not as it was.
@Singleton
final class OwnFolder {
    private static final Logger LOG = Logger.getLogger(OwnFolder.class);
    private static final long REFRESH_MS = 2_000;

    private final OwnConfig config;
    private final Vertx vertx;
    private final Event<OwnFilesChanged> changes;
    private String fingerprint = "";

    OwnFolder(OwnConfig config, Vertx vertx, Event<OwnFilesChanged> changes) {
        this.config = config;
        this.vertx = vertx;
        this.changes = changes;
    }

    /// After connections are known, and those who listen have started. A folder that is not there
    /// stops the start.
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 1_200) StartupEvent event) {
        config.folder().map(OwnFiles::new).ifPresent(this::watch);
    }

    private void watch(OwnFiles files) {
        look(files);
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        vertx.setPeriodic(REFRESH_MS, _ -> executor.execute(() -> lookAgain(files)));
    }

    private void lookAgain(OwnFiles files) {
        try {
            look(files);
        } catch (UncheckedIOException away) {
            LOG.warnf("Own files are as they were: %s", away.getMessage());
        }
    }

    private synchronized void look(OwnFiles files) {
        String now = files.fingerprint();
        if (!now.equals(fingerprint)) {
            fingerprint = now;
            changes.fire(new OwnFilesChanged(files.read()));
        }
    }
}
