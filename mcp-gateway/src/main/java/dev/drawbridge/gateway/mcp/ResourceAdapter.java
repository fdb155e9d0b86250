package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.ConnectionsChanged;
import dev.drawbridge.gateway.resource.Resources;

import io.quarkiverse.mcp.server.ResourceManager;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Keeps one resource registered for each connection that there is, with the connection's name as
/// its title. Its name is the connection's id: the extension takes no two resources of one name,
/// and connections change theirs, leave them to others, and have the same ones in two tenants.
@Singleton
final class ResourceAdapter {
    private final ResourceAnswers answers;
    private final ResourceManager manager;
    private final Map<UUID, String> registered = new HashMap<>();

    ResourceAdapter(ResourceAnswers answers, ResourceManager manager) {
        this.answers = answers;
        this.manager = manager;
    }

    synchronized void follow(@Observes ConnectionsChanged changed) {
        Map<UUID, Connection> present =
                changed.all().stream()
                        .collect(Collectors.toMap(Connection::id, Function.identity()));
        registered
                .entrySet()
                .removeIf(known -> {
                    Connection connection = present.get(known.getKey());
                    boolean stays =
                            connection != null && connection.name().equals(known.getValue());
                    if (!stays) {
                        manager.removeResource(Resources.infoUri(known.getKey()));
                    }
                    return !stays;
                });
        changed.all().stream()
                .sorted(Comparator.comparing(Connection::name))
                .filter(connection ->
                        registered.putIfAbsent(connection.id(), connection.name()) == null)
                .forEach(this::register);
    }

    private void register(Connection connection) {
        String uri = Resources.infoUri(connection.id());
        manager.newResource(connection.id().toString())
                .setTitle(connection.name())
                .setUri(uri)
                .setDescription("The server behind the connection " + connection.name() + ".")
                .setMimeType(Resources.MEDIA_TYPE)
                .setAsyncHandler(arguments -> answers.read(uri, arguments.cancellation()))
                .register();
    }
}
