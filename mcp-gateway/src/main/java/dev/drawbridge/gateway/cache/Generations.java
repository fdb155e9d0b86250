package dev.drawbridge.gateway.cache;

import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.target.Target;

import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what was written to each database through any replica of the gateway. Two connections to
/// one database have one count.
@Singleton
final class Generations {
    private static final String TOPIC = "written";

    private final ReplicaBus replicas;
    private final String replica = UUID.randomUUID().toString();
    private final Map<String, Long> written = new ConcurrentHashMap<>();
    private final AtomicLong gaps = new AtomicLong();

    Generations(ReplicaBus replicas) {
        this.replicas = replicas;
        replicas.hear(TOPIC, this::heard);
        replicas.onGap(gaps::incrementAndGet);
    }

    /// Another number whenever something was written, or may have been.
    long of(Target target, String database) {
        return gaps.get() + written.getOrDefault(place(target, database), 0L);
    }

    /// Counts a write here at once, and at the other replicas as soon as they hear of it.
    void move(Target target, String database) {
        String place = place(target, database);
        written.merge(place, 1L, Long::sum);
        replicas.publish(TOPIC, new JsonObject().put("place", place).put("replica", replica));
    }

    private void heard(JsonObject message) {
        if (!replica.equals(message.getString("replica"))) {
            written.merge(message.getString("place", ""), 1L, Long::sum);
        }
    }

    private static String place(Target target, String database) {
        var endpoint = target.endpoint();
        return endpoint.host() + ":" + endpoint.port() + "/" + database;
    }
}
