package dev.drawbridge.gateway.resource.own;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.change.Changes;
import dev.drawbridge.gateway.client.ResourceContent;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.own.OwnDocuments;
import dev.drawbridge.gateway.own.OwnFilesChanged;
import dev.drawbridge.gateway.resource.ResourceDescription;
import dev.drawbridge.gateway.resource.ResourceSource;
import dev.drawbridge.gateway.resource.TemplateDescription;
import dev.drawbridge.gateway.sqlguard.NamedSql;
import dev.drawbridge.gateway.sqlguard.SqlGuard;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.EncodedRows;
import dev.drawbridge.gateway.target.Statement;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.gateway.tool.RowsAnswer;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The resources in the files of the folder, of all tenants. What a statement finds is read with
/// the rights and the row-level identity of whoever reads it.
@Singleton
final class OwnResources implements ResourceSource {
    private final OwnDocuments documents;
    private final Connections connections;
    private final Databases databases;
    private final SqlGuard guard;
    private final Changes changes;
    private volatile Map<String, List<OwnResource>> tenants = Map.of();

    OwnResources(
            OwnDocuments documents,
            Connections connections,
            Databases databases,
            SqlGuard guard,
            Changes changes) {
        this.documents = documents;
        this.connections = connections;
        this.databases = databases;
        this.guard = guard;
        this.changes = changes;
    }

    void follow(@Observes OwnFilesChanged changed) {
        Map<String, List<OwnResource>> before = tenants;
        tenants =
                documents.read(
                        changed.of("resource"),
                        OwnResource.class,
                        resource -> resource,
                        OwnResource::name);
        OwnDocuments.changed(before, tenants)
                .forEach(tenant ->
                        changes.tell(new Change.Resources(new Audience.OfTenant(tenant))));
    }

    @Override
    public List<ResourceDescription> list(Caller caller) {
        return known(caller)
                .filter(one -> !one.isTemplate())
                .map(one ->
                        new ResourceDescription(
                                one.uri(),
                                one.name(),
                                String.valueOf(one.title()),
                                one.description(),
                                one.type()))
                .toList();
    }

    @Override
    public List<TemplateDescription> templates() {
        return List.of();
    }

    @Override
    public List<TemplateDescription> templates(Caller caller) {
        return known(caller)
                .filter(OwnResource::isTemplate)
                .map(one ->
                        new TemplateDescription(
                                one.uri(),
                                one.name(),
                                String.valueOf(one.title()),
                                one.description(),
                                one.type()))
                .toList();
    }

    @Override
    public Optional<String> find(Caller caller, String uri) {
        return resolve(caller, uri).map(found -> found.resource().uri(found.values()));
    }

    @Override
    public Future<ResourceContent> read(FeatureUse use, String uri, CancelSignal signal) {
        Found found =
                resolve(use.caller(), uri)
                        .orElseThrow(() -> new Problem.NotFound("resource", uri).exception());
        OwnResource resource = found.resource();
        String text = resource.text();
        return text != null
                ? Future.succeededFuture(new ResourceContent.Text(uri, resource.type(), text))
                : rows(use, found, signal)
                        .map(rows ->
                                new ResourceContent.Text(
                                        uri,
                                        resource.type(),
                                        resource.type().equals("application/json")
                                                ? "{" + RowsAnswer.fields(rows) + "}"
                                                : rows.tsv()));
    }

    private record Found(OwnResource resource, Map<String, String> values) {}

    private Future<EncodedRows> rows(FeatureUse use, Found found, CancelSignal signal) {
        OwnResource resource = found.resource();
        NamedSql sql = resource.named();
        Connection connection =
                connection(use.caller(), resource)
                        .orElseThrow(() ->
                                new Problem.DatabaseUnavailable(
                                                "This resource's connection is gone.")
                                        .exception());
        var database =
                databases.of(
                        use.caller(),
                        connection.id().toString(),
                        resource.database(),
                        signal,
                        use.reach());
        List<@Nullable Object> values = new ArrayList<>();
        for (String name : sql.names()) {
            var claim = resource.from() == null ? null : resource.from().get(name);
            values.add(claim == null ? found.values().get(name) : claim.of(use.caller()));
        }
        return guard.read(sql.text())
                .compose(it ->
                        database.encoded(it, new Statement(it.text(), values, 0, resource.rows())));
    }

    private Optional<Found> resolve(Caller caller, String uri) {
        return known(caller)
                .flatMap(one -> one.match(uri).map(values -> new Found(one, values)).stream())
                .findFirst();
    }

    /// Those of the caller's tenant whose database the caller may read.
    private Stream<OwnResource> known(Caller caller) {
        return tenants.getOrDefault(caller.tenant(), List.of()).stream()
                .filter(one -> one.sql() == null || isOpen(caller, one));
    }

    private boolean isOpen(Caller caller, OwnResource resource) {
        return connection(caller, resource)
                .filter(it -> connections.isOpen(caller, it, resource.database(), Level.READ))
                .isPresent();
    }

    private Optional<Connection> connection(Caller caller, OwnResource resource) {
        return connections.of(caller.tenant(), String.valueOf(resource.connection()));
    }
}
