package dev.drawbridge.gateway.replica;

import dev.drawbridge.sql.Announcements;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/// A bus that hears, for tests of who uses one, without the application around it.
public final class HearingBus {
    private HearingBus() {}

    /// One more replica's.
    public static ReplicaBus at(Pool datastore, Vertx vertx) {
        var bus = new ReplicaBus(new Announcements(datastore, vertx), vertx);
        bus.start(new StartupEvent());
        return bus;
    }
}
