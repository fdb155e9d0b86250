package dev.drawbridge.gateway.mcp.conformance;

import io.quarkiverse.mcp.server.BlobResourceContents;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.Resource;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.TextResourceContents;

import jakarta.inject.Singleton;

/// The resources that the suite expects.
@Singleton
final class ResourceFixtures {
    private static final String PNG = Fixtures.PNG;

    @Resource(uri = "test://static-text", name = "static-text", mimeType = "text/plain")
    TextResourceContents staticText() {
        return new TextResourceContents(
                "test://static-text",
                "This is the content of the static text resource.",
                "text/plain");
    }

    @Resource(uri = "test://static-binary", name = "static-binary", mimeType = "image/png")
    BlobResourceContents staticBinary() {
        return new BlobResourceContents("test://static-binary", PNG, "image/png");
    }

    @Resource(uri = "test://watched-resource", name = "watched", mimeType = "text/plain")
    TextResourceContents watched() {
        return new TextResourceContents("test://watched-resource", "Watched.", "text/plain");
    }

    @ResourceTemplate(
            uriTemplate = "test://template/{id}/data",
            name = "template",
            mimeType = "application/json")
    TextResourceContents template(String id, RequestUri uri) {
        return new TextResourceContents(
                uri.value(),
                "{\"id\":\"%s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}"
                        .formatted(id),
                "application/json");
    }
}
