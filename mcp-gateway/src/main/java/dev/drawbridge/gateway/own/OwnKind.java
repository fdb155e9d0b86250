package dev.drawbridge.gateway.own;

import dev.drawbridge.gateway.audit.GatewayAction;
import dev.drawbridge.gateway.change.Audience;
import dev.drawbridge.gateway.change.Change;
import dev.drawbridge.gateway.target.Described;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.ProtectedObject;

import io.vertx.core.Future;

import java.util.List;

/// A kind of what people define: how one is checked, made, recorded and told of.
///
/// @param <D> as it is written
/// @param <T> what becomes of it
public interface OwnKind<D extends OwnDefinition, T extends OwnItem> {
    /// Its name: `tool`, `resource` or `prompt`, as files have it, and a part of the table's name.
    String word();

    /// The class of a definition.
    Class<D> form();

    /// How its changes are recorded.
    Actions actions();

    /// What a record and a grant call one.
    ProtectedObject object(D definition);

    /// That the list of an audience may be another one.
    Change changed(Audience audience);

    /// What only one of a tenant may have.
    default List<Key> keys(D definition) {
        return List.of(new Key("name", definition.name()));
    }

    /// Whether something that is built in has that name.
    boolean isBuiltIn(String name);

    /// Refuses who does not hold on the database what the definition needs: nobody gives more than
    /// that.
    ///
    /// @throws dev.drawbridge.problem.ProblemException `AUTHORIZATION_ERROR`, `NOT_FOUND`;
    ///   `VALIDATION_ERROR` for a connection that the tenant does not have
    void requireRights(Caller caller, D definition);

    /// What its database says of it.
    ///
    /// @return [Described#NOTHING] where it needs none; fails with `VALIDATION_ERROR` that names
    ///   the field and the place in the statement; `DATABASE_UNAVAILABLE`, `OVERLOADED` when nobody
    ///   can say
    Future<Described> check(String tenant, D definition);

    /// What becomes of it.
    T make(String tenant, D definition, Described described);

    /// The records of its changes.
    record Actions(GatewayAction define, GatewayAction change, GatewayAction remove) {}

    /// Something that only one of a tenant may have.
    ///
    /// @param what in words
    record Key(String what, String value) {}
}
