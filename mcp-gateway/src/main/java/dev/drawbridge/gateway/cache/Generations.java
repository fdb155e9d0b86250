package dev.drawbridge.gateway.cache;

import dev.drawbridge.gateway.replica.ReplicaBus;
import dev.drawbridge.gateway.target.Target;

import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what was written to each database through any replica of the gateway. A database has a
/// place, by which a connection reaches it, and mostly an identity, which it says itself: so
/// connections that reach it by different names, or through a pooler, hear of one another's writes.
@Singleton
final class Generations {
    private static final String TOPIC = "written";

    private final ReplicaBus replicas;
    private final String replica = UUID.randomUUID().toString();
    private final Map<String, Long> written = new ConcurrentHashMap<>();
    private final Map<String, String> identities = new ConcurrentHashMap<>();
    private final AtomicLong gaps = new AtomicLong();

    Generations(ReplicaBus replicas) {
        this.replicas = replicas;
        replicas.hear(TOPIC, this::heard);
        replicas.onGap(gaps::incrementAndGet);
    }

    /// Notes what a database calls itself, before anything is read from it.
    void know(Target target, String database, String identity) {
        if (!identity.isEmpty()) {
            identities.put(place(target, database), identity);
        }
    }

    /// Another number whenever something was written, or may have been. Never a smaller one.
    long of(Target target, String database) {
        String place = place(target, database);
        String identity = identities.get(place);
        return gaps.get() + count(place) + (identity == null ? 0 : count(identity));
    }

    /// Counts a write here at once, and at the other replicas as soon as they hear of it.
    void move(Target target, String database) {
        String place = place(target, database);
        String identity = identities.getOrDefault(place, "");
        count(place, identity);
        replicas.publish(
                TOPIC,
                new JsonObject()
                        .put("place", place)
                        .put("identity", identity)
                        .put("replica", replica));
    }

    private void heard(JsonObject message) {
        if (!replica.equals(message.getString("replica"))) {
            count(message.getString("place", ""), message.getString("identity", ""));
        }
    }

    private long count(String name) {
        return written.getOrDefault(name, 0L);
    }

    private void count(String place, String identity) {
        written.merge(place, 1L, Long::sum);
        if (!identity.isEmpty()) {
            written.merge(identity, 1L, Long::sum);
        }
    }

    private static String place(Target target, String database) {
        var endpoint = target.endpoint();
        return endpoint.host() + ":" + endpoint.port() + "/" + database;
    }
}
