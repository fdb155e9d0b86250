package dev.drawbridge.gateway.target.route;

import dev.drawbridge.gateway.replica.ReplicaBus;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.json.JsonObject;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.UUID;

/// Who writes, as the gateways tell one another: a caller may write through one and read through
/// another. What is on its way when the next call comes is not known there yet.
@Singleton
public final class WriteNews {
    private static final String TOPIC = "wrote";

    private final LatestWrites writes;
    private final ReplicaBus replicas;

    WriteNews(LatestWrites writes, ReplicaBus replicas) {
        this.writes = writes;
        this.replicas = replicas;
    }

    void start(@Observes StartupEvent event) {
        replicas.hear(TOPIC, this::heard);
        replicas.onGap(writes::missed);
        writes.onWrite(this::tell);
    }

    private void tell(LatestWrites.Writer writer) {
        replicas.publish(
                TOPIC,
                new JsonObject()
                        .put("connection", writer.connection().toString())
                        .put("user", writer.user().toString()));
    }

    private void heard(JsonObject said) {
        writes.heard(
                new LatestWrites.Writer(
                        UUID.fromString(said.getString("connection")),
                        UUID.fromString(said.getString("user"))));
    }
}
