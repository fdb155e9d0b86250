package dev.drawbridge.gateway.mcp;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.ConnectionsChanged;
import dev.drawbridge.gateway.resource.Resources;

import io.quarkiverse.mcp.server.ResourceManager;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/// Keeps one resource registered for each connection that there is.
@Singleton
final class ResourceAdapter {
    private final ResourceAnswers answers;
    private final ResourceManager manager;
    private final Set<String> registered = new HashSet<>();

    ResourceAdapter(ResourceAnswers answers, ResourceManager manager) {
        this.answers = answers;
        this.manager = manager;
    }

    synchronized void follow(@Observes ConnectionsChanged changed) {
        Set<String> present = new HashSet<>();
        changed.all().stream()
                .sorted(Comparator.comparing(Connection::name))
                .forEach(connection -> {
                    String uri = Resources.infoUri(connection);
                    present.add(uri);
                    if (registered.add(uri)) {
                        register(uri, connection.name());
                    }
                });
        registered.removeIf(uri -> {
            boolean gone = !present.contains(uri);
            if (gone) {
                manager.removeResource(uri);
            }
            return gone;
        });
    }

    private void register(String uri, String name) {
        manager.newResource(name)
                .setTitle(name)
                .setUri(uri)
                .setDescription("The server behind the connection " + name + ".")
                .setMimeType(Resources.MEDIA_TYPE)
                .setAsyncHandler(arguments -> answers.read(uri, arguments.cancellation()))
                .register();
    }
}
