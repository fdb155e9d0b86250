package dev.drawbridge.gateway.resource.own;

import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.own.OwnKind;
import dev.drawbridge.gateway.own.OwnStatement;
import dev.drawbridge.gateway.own.OwnStatements;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.ProtectedObject;

import io.vertx.core.Future;

import jakarta.inject.Singleton;

import java.util.List;

/// Own resources, as one of the kinds of what people define.
@Singleton
final class OwnResourceKind implements OwnKind<OwnResourceDefinition, OwnResource> {
    private final OwnStatements statements;
    private final OwnResourceParts parts;

    OwnResourceKind(OwnStatements statements, OwnResourceParts parts) {
        this.statements = statements;
        this.parts = parts;
    }

    @Override
    public String word() {
        return "resource";
    }

    @Override
    public Class<OwnResourceDefinition> form() {
        return OwnResourceDefinition.class;
    }

    @Override
    public Actions actions() {
        return new Actions(
                GatewayAction.RESOURCE_DEFINE,
                GatewayAction.RESOURCE_CHANGE,
                GatewayAction.RESOURCE_REMOVE);
    }

    @Override
    public ProtectedObject object(OwnResourceDefinition resource) {
        return ProtectedObject.resource(resource.uri());
    }

    @Override
    public Change changed(Audience audience) {
        return new Change.Resources(audience);
    }

    /// A URI is one of two that differ in the names of their variables alone.
    @Override
    public List<Key> keys(OwnResourceDefinition resource) {
        return List.of(new Key("name", resource.name()), new Key("URI", resource.form()));
    }

    /// What is built in has URIs of another scheme.
    @Override
    public boolean isBuiltIn(String name) {
        return false;
    }

    @Override
    public void requireRights(Caller caller, OwnResourceDefinition resource) {
        OwnStatements.Place place = resource.place();
        if (place != null) {
            statements.requireReadable(caller, place);
        }
    }

    @Override
    public Future<Described> check(String tenant, OwnResourceDefinition resource) {
        OwnStatements.Place place = resource.place();
        return place == null
                ? Future.succeededFuture(Described.NOTHING)
                : statements.reading(tenant, place, resource.named());
    }

    @Override
    public OwnResource make(String tenant, OwnResourceDefinition resource, Described described) {
        OwnStatements.Place place = resource.place();
        return new OwnResource(
                resource,
                place == null
                        ? null
                        : new OwnStatement(
                                parts.connections(), word(), tenant, place, resource.named()),
                parts);
    }
}
