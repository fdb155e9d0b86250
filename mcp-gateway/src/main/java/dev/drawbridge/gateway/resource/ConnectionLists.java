package dev.drawbridge.gateway.resource;

import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.ConnectionsChanged;
import dev.drawbridge.identity.ProtectedObject;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tells who may read a connection when it comes, goes, or is another one in a list. Every replica
/// hears of changed connections by itself.
@Singleton
final class ConnectionLists {
    private final Changes changes;
    private Map<UUID, Connection> known = Map.of();

    ConnectionLists(Changes changes) {
        this.changes = changes;
    }

    synchronized void follow(@Observes ConnectionsChanged changed) {
        Map<UUID, Connection> before = known;
        known =
                changed.all().stream()
                        .collect(Collectors.toMap(Connection::id, Function.identity()));
        Set<UUID> all = new HashSet<>(before.keySet());
        all.addAll(known.keySet());
        all.forEach(id -> compare(before.get(id), known.get(id)));
    }

    private void compare(@Nullable Connection before, @Nullable Connection now) {
        Connection either = now == null ? before : now;
        if (either == null) {
            return;
        }
        var readers =
                new Audience.ReadersOf(
                        either.tenant(), ProtectedObject.connection(either.id().toString()));
        if (before == null || now == null || !listed(before).equals(listed(now))) {
            changes.tell(new Change.Resources(readers));
        }
        if (isWritable(before) != isWritable(now)) {
            changes.tell(new Change.Tools(readers));
        }
    }

    /// What of a connection decides how and by whom it is listed.
    private static List<Object> listed(Connection connection) {
        return List.of(connection.name(), connection.database(), connection.rls());
    }

    /// Whether there are tools that write because of it.
    private static boolean isWritable(@Nullable Connection connection) {
        return connection != null && connection.allowWrites();
    }
}
