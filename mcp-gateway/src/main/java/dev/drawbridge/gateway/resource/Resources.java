package dev.drawbridge.gateway.resource;

import dev.drawbridge.gateway.audit.FeatureUse;
import dev.drawbridge.gateway.audit.Reach;
import dev.drawbridge.gateway.audit.ToolCallRecord;
import dev.drawbridge.gateway.audit.ToolCallTrail;
import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.connection.Connections;
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
    private final ToolCallTrail trail;

    Resources(Connections connections, Databases databases, Catalog catalog, ToolCallTrail trail) {
        this.connections = connections;
        this.databases = databases;
        this.catalog = catalog;
        this.trail = trail;
    }

    /// The resource that every connection has.
    public static String infoUri(Connection connection) {
        return new ResourceUri.Info(connection.id().toString()).toString();
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

    /// Whether a URI is one of ours, of a connection that the caller sees, and the caller may read
    /// it.
    public boolean isKnown(Caller caller, String uri) {
        return uri.startsWith(ResourceUri.SCHEME) && isVisible(caller, uri);
    }

    public boolean seesTemplates(Caller caller) {
        return Authorization.reaches(caller, Level.READ, ProtectedObject.resource("*"));
    }

    /// The resource's content, JSON; the read is recorded, unless the caller may not know that
    /// there is such a resource, which is recorded before.
    ///
    /// @param use of that URI
    /// @return fails with `NOT_FOUND` also for what the caller may not read
    public Future<String> read(FeatureUse use, String uri, CancelSignal signal) {
        if (!isKnown(use.caller(), uri)) {
            return Future.failedFuture(notFound(uri));
        }
        try {
            trail.requireRoom();
        } catch (ProblemException full) {
            return Future.failedFuture(full);
        }
        long started = System.nanoTime();
        return content(use, uri, signal)
                .andThen(text -> trail.add(use, ToolCallRecord.Outcome.of(text, started)));
    }

    private Future<String> content(FeatureUse use, String uri, CancelSignal signal) {
        try {
            ResourceUri parsed = ResourceUri.parse(uri);
            var database =
                    databases.of(use.caller(), parsed.connection(), null, signal, use.reach());
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

    /// Names that continue what is written for one variable of a template.
    ///
    /// @param known the variables that are already filled in
    public Future<List<String>> complete(
            Caller caller, String variable, String written, Map<String, String> known) {
        try {
            return switch (variable) {
                case "connection" -> Future.succeededFuture(connectionIds(caller, written));
                case "schema" -> catalog.names(database(caller, known), null, written);
                case "table" ->
                        catalog.names(
                                database(caller, known),
                                known.getOrDefault("schema", "public"),
                                written);
                default -> Future.succeededFuture(List.of());
            };
        } catch (ProblemException unknown) {
            return Future.succeededFuture(List.of());
        }
    }

    private Databases.Database database(Caller caller, Map<String, String> known) {
        String connection = known.get("connection");
        if (connection == null) {
            throw notFound("without a connection");
        }
        return databases.of(caller, connection, null, new CancelSignal(), new Reach());
    }

    /// Ids of connections whose id or name begins so.
    private List<String> connectionIds(Caller caller, String written) {
        String start = written.toLowerCase(Locale.ROOT);
        return connections.visible(caller).stream()
                .filter(one ->
                        one.id().toString().startsWith(start)
                                || one.name().toLowerCase(Locale.ROOT).startsWith(start))
                .map(one -> one.id().toString())
                .limit(100)
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
