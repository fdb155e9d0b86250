package dev.drawbridge.gateway.replica;

import dev.drawbridge.sql.Announcements;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Messages to every replica of the gateway, this one too, over the datastore's notifications. What
/// one replica says is heard everywhere in the order in which it was said; the same said twice may
/// be heard once. While the datastore is away nothing arrives; what must not be missed is in a
/// table, and read again [after a gap][#onGap].
@Singleton
public final class ReplicaBus {
    /// How many bytes of JSON a message may have: PostgreSQL takes 8,000 with the topic.
    public static final int MOST_BYTES = 7_500;

    static final String CHANNEL = "drawbridge_gateway";

    private static final Logger LOG = Logger.getLogger(ReplicaBus.class);
    private static final int LONGEST_TOPIC = 100;
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final long RETRY_MS = 500;

    private final Announcements announcements;
    private final Vertx vertx;
    private final Map<String, List<Consumer<JsonObject>>> listeners = new ConcurrentHashMap<>();
    private final List<Runnable> onGap = new CopyOnWriteArrayList<>();
    private final List<String> waiting = new ArrayList<>();
    private boolean sending;
    private Announcements.@Nullable Hearing hearing;

    /// One for each process.
    public ReplicaBus(Announcements announcements, Vertx vertx) {
        this.announcements = announcements;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        hearing = announcements.hear(CHANNEL, new Ear());
    }

    void stop(@Observes ShutdownEvent event) {
        if (hearing != null) {
            hearing.close();
        }
    }

    /// Says something to every replica, this one too. Does not wait; when the datastore does not
    /// take it, it is said again until it does.
    ///
    /// @throws IllegalArgumentException when it is longer than [#MOST_BYTES]
    public void publish(String topic, JsonObject message) {
        int bytes = message.encode().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES || topic.length() > LONGEST_TOPIC) {
            throw new IllegalArgumentException(
                    "A message to the replicas has up to %,d bytes; this one of %s has %,d."
                            .formatted(MOST_BYTES, topic, bytes));
        }
        String payload = new JsonObject().put("topic", topic).put("message", message).encode();
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING) {
                LOG.warnf("A message to the replicas is lost, of the topic %s", topic);
                return;
            }
            waiting.add(payload);
        }
        send();
    }

    /// Hears a topic for as long as the process lives. The listener is called on an event loop, so
    /// it does not block.
    public void hear(String topic, Consumer<JsonObject> listener) {
        listeners.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /// What to do when messages may have been missed: each time that hearing begins, first at the
    /// start, and after each loss of the connection.
    public void onGap(Runnable listener) {
        onGap.add(listener);
    }

    private void send() {
        List<String> next;
        synchronized (waiting) {
            if (sending || waiting.isEmpty()) {
                return;
            }
            sending = true;
            next = List.copyOf(waiting.subList(0, Math.min(MOST_AT_ONCE, waiting.size())));
        }
        announcements
                .announce(CHANNEL, next)
                .onSuccess(_ -> {
                    synchronized (waiting) {
                        waiting.subList(0, next.size()).clear();
                        sending = false;
                    }
                    send();
                })
                .onFailure(failure -> {
                    LOG.warnf("The replicas cannot be told: %s", failure.toString());
                    vertx.setTimer(RETRY_MS, _ -> sendAgain());
                });
    }

    private void sendAgain() {
        synchronized (waiting) {
            sending = false;
        }
        send();
    }

    private final class Ear implements Announcements.Listener {
        @Override
        public void begun() {
            onGap.forEach(ReplicaBus::run);
        }

        @Override
        public void heard(String payload) {
            try {
                var said = new JsonObject(payload);
                JsonObject message = said.getJsonObject("message");
                listeners
                        .getOrDefault(said.getString("topic"), List.of())
                        .forEach(listener -> run(() -> listener.accept(message)));
            } catch (DecodeException | ClassCastException unreadable) {
                LOG.warnf("A message to the replicas cannot be read: %s", unreadable.toString());
            }
        }

        @Override
        public void lost(Throwable why) {
            LOG.warnf("The other replicas cannot be heard: %s", why.toString());
        }
    }

    /// One that fails does not keep the others from hearing.
    private static void run(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "A message of a replica could not be acted on");
        }
    }
}
