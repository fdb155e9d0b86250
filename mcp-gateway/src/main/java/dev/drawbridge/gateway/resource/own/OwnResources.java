package dev.drawbridge.gateway.resource.own;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.own.OwnShelf;
import dev.drawbridge.gateway.own.OwnShelfParts;
import dev.drawbridge.gateway.resource.ResourceDescription;
import dev.drawbridge.gateway.resource.ResourceSource;
import dev.drawbridge.gateway.resource.TemplateDescription;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The own resources of all tenants.
@Singleton
final class OwnResources extends OwnShelf<OwnResourceDefinition, OwnResource>
        implements ResourceSource {
    private final Changes changes;

    OwnResources(OwnResourceKind kind, OwnShelfParts parts) {
        super(kind, parts);
        this.changes = parts.changes();
    }

    @Override
    public List<ResourceDescription> list(Caller caller) {
        return known(caller)
                .filter(one -> !one.own().hasVariables())
                .map(OwnResource::description)
                .toList();
    }

    @Override
    public List<TemplateDescription> templates() {
        return List.of();
    }

    @Override
    public List<TemplateDescription> templates(Caller caller) {
        return known(caller)
                .filter(one -> one.own().hasVariables())
                .map(OwnResource::template)
                .toList();
    }

    @Override
    public Optional<String> find(Caller caller, String uri) {
        return resolve(caller, uri).map(found -> found.resource().own().uri(found.values()));
    }

    @Override
    public Future<ResourceContent> read(FeatureUse use, String uri, CancelSignal signal) {
        Found found =
                resolve(use.caller(), uri)
                        .orElseThrow(() -> new Problem.NotFound("resource", uri).exception());
        return found.resource().read(use, uri, found.values(), signal);
    }

    /// Another tenant's of the same URI is another one.
    @Override
    public String view(Caller caller, String uri) {
        return view(caller.tenant());
    }

    private static String view(String tenant) {
        return "own " + tenant;
    }

    /// Tells those who follow a resource that it says something else now. What a statement finds is
    /// not followed.
    @Override
    protected void exchanged(String tenant, Map<String, OwnResource> before) {
        Map<String, OwnResourceDefinition> then = new HashMap<>();
        before.values().forEach(one -> then.put(one.own().uri(), one.own()));
        for (OwnResource one : items(tenant).values()) {
            OwnResourceDefinition now = one.own();
            OwnResourceDefinition was = then.get(now.uri());
            if (was != null && !was.equals(now) && !now.hasVariables()) {
                changes.tell(new Change.Resource(now.uri(), view(tenant), ""));
            }
        }
    }

    private record Found(OwnResource resource, Map<String, String> values) {}

    /// Of several that a URI is of the form of, the one with the fewest variables.
    private Optional<Found> resolve(Caller caller, String uri) {
        return known(caller)
                .flatMap(one -> one.own().match(uri).map(it -> new Found(one, it)).stream())
                .min(Comparator.comparing(found -> found.values().size()));
    }

    /// Those of the caller's tenant whose database the caller may read.
    private Stream<OwnResource> known(Caller caller) {
        return items(caller.tenant()).values().stream().filter(one -> one.isFor(caller));
    }
}
