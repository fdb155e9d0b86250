package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.replica.ReplicaBus;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import java.util.List;

/// Keeps all shelves up to date. Another replica tells of its changes; one that it could not tell
/// of is seen within [#REFRESH_MS].
@Singleton
public final class OwnShelves {
    private static final long REFRESH_MS = 2_000;

    private final List<OwnShelf<?, ?>> shelves;
    private final ReplicaBus replicas;
    private final Vertx vertx;

    OwnShelves(@All List<OwnShelf<?, ?>> shelves, ReplicaBus replicas, Vertx vertx) {
        this.shelves = shelves;
        this.replicas = replicas;
        this.vertx = vertx;
    }

    /// After connections are known, and before files are read.
    void start(@Observes @Priority(Interceptor.Priority.APPLICATION + 1_100) StartupEvent event) {
        for (OwnShelf<?, ?> shelf : shelves) {
            shelf.load();
            replicas.hear(shelf.topic(), _ -> shelf.lookSoon());
            vertx.setPeriodic(REFRESH_MS, _ -> shelf.lookSoon());
        }
    }

    void follow(@Observes OwnFilesChanged changed) {
        shelves.forEach(shelf -> shelf.follow(changed));
    }

    /// Reads what is stored anew, and tells the other replicas to. Blocks.
    void refresh(OwnShelf<?, ?> shelf) {
        shelf.load();
        replicas.publish(shelf.topic(), new JsonObject());
    }

    @PreDestroy
    void stop() {
        shelves.forEach(OwnShelf::stop);
    }
}
