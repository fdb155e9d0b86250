package dev.drawbridge.gateway.mcp.conformance;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.resource.ResourceDescription;
import dev.drawbridge.gateway.resource.ResourceSource;
import dev.drawbridge.gateway.resource.TemplateDescription;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The resources that the official conformance suite expects a server to have. On the class path of
/// tests only.
@Singleton
final class ResourceFixtures implements ResourceSource {
    private static final Pattern TEMPLATE = Pattern.compile("test://template/([^/]+)/data");

    private static final Map<String, ResourceContent> ALL =
            Map.of(
                    "test://static-text",
                    new ResourceContent.Text(
                            "test://static-text",
                            "text/plain",
                            "This is the content of the static text resource."),
                    "test://static-binary",
                    new ResourceContent.Binary("test://static-binary", "image/png", Fixtures.PNG),
                    "test://watched-resource",
                    new ResourceContent.Text("test://watched-resource", "text/plain", "Watched."));

    @Override
    public List<ResourceDescription> list(Caller caller) {
        return ALL.values().stream()
                .map(one ->
                        new ResourceDescription(
                                one.uri(),
                                one.uri().substring("test://".length()),
                                one.uri(),
                                "A fixture.",
                                one.mimeType()))
                .toList();
    }

    @Override
    public List<TemplateDescription> templates() {
        return List.of(
                new TemplateDescription(
                        "test://template/{id}/data",
                        "template",
                        "Template",
                        "A fixture.",
                        "application/json"));
    }

    @Override
    public Optional<String> find(Caller caller, String uri) {
        return ALL.containsKey(uri) || TEMPLATE.matcher(uri).matches()
                ? Optional.of(uri)
                : Optional.empty();
    }

    @Override
    public Future<ResourceContent> read(FeatureUse use, String uri, CancelSignal signal) {
        ResourceContent known = ALL.get(uri);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        Matcher named = TEMPLATE.matcher(uri);
        if (!named.matches()) {
            return Future.failedFuture(new Problem.NotFound("resource", uri).exception());
        }
        String text =
                "{\"id\":\"%s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}"
                        .formatted(named.group(1));
        return Future.succeededFuture(new ResourceContent.Text(uri, "application/json", text));
    }
}
