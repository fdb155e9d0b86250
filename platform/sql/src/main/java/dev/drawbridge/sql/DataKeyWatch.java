package dev.drawbridge.sql;

import dev.drawbridge.problem.ProblemException;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reads the data key file again and again, and tells the other replicas what this one knows.
@Singleton
public final class DataKeyWatch {
    static final long EVERY_MS = 2_000;

    private static final Logger LOG = Logger.getLogger(DataKeyWatch.class);
    private static final int BEFORE_ANYTHING_IS_SEALED = 50;

    private final DataKeyFile file;
    private final DataKeyRepository repository;
    private final UUID replica = Db.newId();
    private final AtomicBoolean running = new AtomicBoolean();

    @Inject
    DataKeyWatch(DataKeyFile file, DataKeyRepository repository) {
        this.file = file;
        this.repository = repository;
    }

    void start(@Observes @Priority(BEFORE_ANYTHING_IS_SEALED) StartupEvent event, Vertx vertx) {
        repository.say(replica, file.keys());
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        vertx.setPeriodic(EVERY_MS, _ -> executor.execute(this::tryLook));
    }

    private void tryLook() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            look();
        } catch (ProblemException unavailable) {
            LOG.warnf("Other replicas do not learn of our keys: %s", unavailable.getMessage());
        } finally {
            running.set(false);
        }
    }

    void look() {
        file.reload();
        repository.say(replica, file.keys());
    }
}
