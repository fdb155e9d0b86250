package dev.drawbridge.gateway.resource;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
import dev.drawbridge.gateway.rate.RequestRates;
import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.tool.Catalog;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.identity.Authorization;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Reads resources, and completes the names in their URIs. What a caller may not read does not
/// exist for it.
@Singleton
public final class Resources {
    public static final String INFO_TEMPLATE = "pg://{connection}/info";
    public static final String TABLE_TEMPLATE = "pg://{connection}/schema/{schema}/{table}";
    public static final String MEDIA_TYPE = "application/json";

    private final Connections connections;
    private final Databases databases;
    private final Catalog catalog;
    private final RequestRates rates;

    Resources(Connections connections, Databases databases, Catalog catalog, RequestRates rates) {
        this.connections = connections;
        this.databases = databases;
        this.catalog = catalog;
        this.rates = rates;
    }

    /// The resource that every connection has.
    public static String infoUri(UUID connection) {
        return new ResourceUri.Info(connection.toString()).toString();
    }

    /// All resources of a connection, as a grant is on them.
    public static ProtectedObject allOf(Connection connection) {
        return ProtectedObject.resource(ResourceUri.SCHEME + connection.id() + "/*");
    }

    /// Whether the caller may read a resource: it needs a grant on it, and for one of a connection
    /// that connection must be visible too.
    public boolean isVisible(Caller caller, String uri) {
        if (!Authorization.may(caller, Level.READ, ProtectedObject.resource(uri))) {
            return false;
        }
        if (!uri.startsWith(ResourceUri.SCHEME)) {
            return true;
        }
        try {
            connections.get(caller, ResourceUri.parse(uri).connection());
            return true;
        } catch (ProblemException unknown) {
            return false;
        }
    }

    public boolean seesTemplates(Caller caller) {
        return Authorization.reaches(caller, Level.READ, ProtectedObject.resource("*"));
    }

    /// The resource's content, JSON.
    ///
    /// @return fails with `NOT_FOUND` also for what the caller may not read; `RATE_LIMITED`
    public Future<String> read(Caller caller, String uri, CancelSignal signal) {
        try {
            rates.spend(caller);
            if (!isVisible(caller, uri)) {
                throw notFound(uri);
            }
            ResourceUri parsed = ResourceUri.parse(uri);
            var database = databases.of(caller, parsed.connection(), null, signal);
            return switch (parsed) {
                case ResourceUri.Info _ ->
                        catalog.server(database)
                                .map(server -> info(database.connection(), server).encode());
                case ResourceUri.Table table ->
                        catalog.table(database, table.schema(), table.table())
                                .map(found -> only(found, uri).encode());
            };
        } catch (ProblemException failure) {
            return Future.failedFuture(failure);
        }
    }

    /// Names that continue what is written for one variable of a template, of what the caller may
    /// read.
    ///
    /// @param known the variables that are already filled in
    /// @return fails with `RATE_LIMITED`
    public Future<List<String>> complete(
            Caller caller, String variable, String written, Map<String, String> known) {
        try {
            rates.spend(caller);
        } catch (ProblemException limited) {
            return Future.failedFuture(limited);
        }
        try {
            return switch (variable) {
                case "connection" -> Future.succeededFuture(connectionIds(caller, written));
                case "schema" -> schemas(caller, readable(caller, known), written);
                case "table" ->
                        tables(
                                caller,
                                readable(caller, known),
                                known.getOrDefault("schema", "public"),
                                written);
                default -> Future.succeededFuture(List.of());
            };
        } catch (ProblemException unknown) {
            return Future.succeededFuture(List.of());
        }
    }

    private Future<List<String>> schemas(Caller caller, Connection connection, String written) {
        String id = connection.id().toString();
        return catalog.names(database(caller, connection), null, written)
                .map(names ->
                        names.stream()
                                .filter(name ->
                                        reaches(caller, new ResourceUri.Table(id, name, "*")))
                                .toList());
    }

    private Future<List<String>> tables(
            Caller caller, Connection connection, String schema, String written) {
        String id = connection.id().toString();
        return catalog.names(database(caller, connection), schema, written)
                .map(names ->
                        names.stream()
                                .filter(name ->
                                        reaches(caller, new ResourceUri.Table(id, schema, name)))
                                .toList());
    }

    private Databases.Database database(Caller caller, Connection connection) {
        return databases.of(caller, connection.id().toString(), null, new CancelSignal());
    }

    private Connection readable(Caller caller, Map<String, String> known) {
        Connection connection = connections.get(caller, known.getOrDefault("connection", ""));
        if (!reads(caller, connection)) {
            throw notFound("of this connection");
        }
        return connection;
    }

    /// Whether the caller may read any resource of a connection.
    private static boolean reads(Caller caller, Connection connection) {
        return Authorization.reaches(caller, Level.READ, allOf(connection));
    }

    private static boolean reaches(Caller caller, ResourceUri uri) {
        return Authorization.reaches(caller, Level.READ, ProtectedObject.resource(uri.toString()));
    }

    /// Ids of connections with something to read, whose id or name begins so.
    private List<String> connectionIds(Caller caller, String written) {
        return connections.beginning(caller, written).stream()
                .filter(one -> reads(caller, one))
                .map(one -> one.id().toString())
                .toList();
    }

    private static JsonObject info(Connection connection, JsonObject server) {
        return server.put("connection", connection.id().toString())
                .put("name", connection.name())
                .put("environment", connection.environment().name().toLowerCase(Locale.ROOT))
                .put("allowWrites", connection.allowWrites());
    }

    private static JsonObject only(List<JsonObject> found, String uri) {
        if (found.isEmpty()) {
            throw notFound(uri);
        }
        return found.getFirst();
    }

    private static ProblemException notFound(String uri) {
        return new Problem.NotFound("resource", uri).exception();
    }
}
