package dev.drawbridge.gateway.performance;

import jakarta.inject.Singleton;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/// What connections are called in metrics: by their ids, as many as came first, and the rest
/// together. A metric lasts as long as the process, and so would one for each connection.
@Singleton
final class MeteredConnections {
    private static final String OTHER = "other";

    private final int most;
    private final Set<UUID> named = new HashSet<>();

    MeteredConnections(PerformanceConfig config) {
        this.most = config.meteredConnections();
    }

    synchronized String tag(UUID connection) {
        boolean isNamed =
                named.contains(connection) || (named.size() < most && named.add(connection));
        return isNamed ? connection.toString() : OTHER;
    }
}
