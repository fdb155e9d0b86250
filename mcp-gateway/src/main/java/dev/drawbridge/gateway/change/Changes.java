package dev.drawbridge.gateway.change;

import dev.drawbridge.gateway.replica.ReplicaBus;

import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Passes changes on from those who notice them to those who tell clients.
@Singleton
public final class Changes {
    private static final Logger LOG = Logger.getLogger(Changes.class);
    private static final String TOPIC = "resource";

    private final ReplicaBus replicas;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    Changes(ReplicaBus replicas) {
        this.replicas = replicas;
        replicas.hear(TOPIC, this::heard);
    }

    /// Tells this process of a change that every replica notices by itself.
    public void tell(Change change) {
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException failure) {
                LOG.warnf(failure, "%s was not passed on", change);
            }
        }
    }

    /// Tells every replica of a change that one of them noticed, this one too. Never blocks.
    public void announce(Change.Resource change) {
        replicas.publish(
                TOPIC,
                new JsonObject()
                        .put("uri", change.uri())
                        .put("view", change.view())
                        .put("digest", change.digest()));
    }

    private void heard(JsonObject message) {
        tell(
                new Change.Resource(
                        message.getString("uri", ""),
                        message.getString("view", ""),
                        message.getString("digest", "")));
    }

    /// Every change from now on.
    ///
    /// @param listener that does not block; it is called on any thread
    public Hearing hear(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
