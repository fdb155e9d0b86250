package dev.drawbridge.local;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.postgres.Datastore;
import dev.drawbridge.local.service.ServiceSpec;

import java.util.List;
import java.util.Optional;

/// What an `up` is to achieve. Without a datastore of its own it runs the embedded PostgreSQL.
record Plan(Home home, Optional<Datastore> datastore, List<ServiceSpec> services, Options options) {

    /// @param pgvector where the embedded server's is from; empty to download it
    record Options(boolean asNative, int portOffset, boolean withDemo, String pgvector) {}

    boolean runs(String service) {
        return services.stream().anyMatch(it -> it.name().equals(service));
    }
}
