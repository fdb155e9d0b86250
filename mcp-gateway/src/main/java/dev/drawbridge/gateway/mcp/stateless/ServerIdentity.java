package dev.drawbridge.gateway.mcp.stateless;

import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/// What the server says of itself, the same in all revisions: the extension's configuration says
/// it.
@Singleton
final class ServerIdentity {
    private final String json;
    private final String instructions;

    ServerIdentity(
            @ConfigProperty(name = "quarkus.mcp.server.server-info.name") String name,
            @ConfigProperty(name = "quarkus.mcp.server.server-info.title") String title,
            @ConfigProperty(name = "quarkus.mcp.server.server-info.description") String description,
            @ConfigProperty(name = "quarkus.mcp.server.server-info.version") String version,
            @ConfigProperty(name = "quarkus.mcp.server.server-info.instructions")
                    String instructions) {
        this.json =
                new JsonObject()
                        .put("name", name)
                        .put("title", title)
                        .put("description", description)
                        .put("version", version)
                        .encode();
        this.instructions = instructions;
    }

    /// Name, title, description and version.
    String json() {
        return json;
    }

    /// What a model should know of the whole.
    String instructions() {
        return instructions;
    }
}
