package dev.drawbridge.gateway.resource;

import dev.drawbridge.gateway.connection.Connection;
import dev.drawbridge.gateway.tool.Catalog;
import dev.drawbridge.gateway.tool.Databases;
import dev.drawbridge.identity.Digest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Singleton;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is in the resources of a database, and short digests of it that say whether it is another
/// one. How much a database holds is no part of a digest: it changes all the time.
@Singleton
final class DatabaseContents {
    /// Of a list at most; more are found by completion, and by the tool `get_schema`.
    private static final int MOST = 500;

    private final Catalog catalog;

    DatabaseContents(Catalog catalog) {
        this.catalog = catalog;
    }

    /// The content; empty when there is no such thing that the database's login may see.
    Future<Optional<JsonObject>> read(Databases.Database database, ResourceUri uri) {
        return switch (uri) {
            case ResourceUri.Info _ ->
                    catalog.server(database)
                            .map(server -> Optional.of(info(database.connection(), server)));
            case ResourceUri.Schemas _ -> schemas(database).map(Optional::of);
            case ResourceUri.Schema(var _, var schema) ->
                    catalog.relations(database, List.of(schema), MOST + 1, Catalog.Detail.FULL)
                            .map(found -> found.stream().findFirst())
                            .map(found -> found.map(one -> cut(database, one, "tables")));
            case ResourceUri.Table(var _, var schema, var table) ->
                    catalog.tables(database, List.of(schema), List.of(table), Catalog.Detail.FULL)
                            .map(found -> found.stream().findFirst());
        };
    }

    private Future<JsonObject> schemas(Databases.Database database) {
        return catalog.schemas(database, MOST + 1)
                .map(all ->
                        cut(
                                database,
                                new JsonObject().put("schemas", new JsonArray(all)),
                                "schemas"));
    }

    private static JsonObject cut(Databases.Database database, JsonObject content, String list) {
        JsonArray all = content.getJsonArray(list);
        boolean truncated = all.size() > MOST;
        if (truncated) {
            all.remove(MOST);
        }
        return content.put("database", database.name()).put("truncated", truncated);
    }

    private static JsonObject info(Connection connection, JsonObject server) {
        return server.put("connection", connection.id().toString())
                .put("name", connection.name())
                .put("environment", connection.environment().name().toLowerCase(Locale.ROOT))
                .put("allowWrites", connection.allowWrites());
    }

    /// A digest for each of these that there is, with no more questions than there are kinds.
    Future<Map<ResourceUri, String>> digests(
            Databases.Database database, Collection<ResourceUri> uris) {
        Map<ResourceUri, String> digests = new HashMap<>();
        List<ResourceUri.Schema> schemas = new ArrayList<>();
        List<ResourceUri.Table> tables = new ArrayList<>();
        Future<?> done = Future.succeededFuture();
        for (ResourceUri uri : uris) {
            switch (uri) {
                case ResourceUri.Schema schema -> schemas.add(schema);
                case ResourceUri.Table table -> tables.add(table);
                case ResourceUri.Info _, ResourceUri.Schemas _ ->
                        done =
                                done.compose(_ -> read(database, uri))
                                        .onSuccess(found ->
                                                found.ifPresent(
                                                        one -> digests.put(uri, digest(one))));
            }
        }
        return done.compose(_ -> ofSchemas(database, schemas, digests))
                .compose(_ -> ofTables(database, tables, digests))
                .map(digests);
    }

    private static String digest(JsonObject content) {
        JsonObject lasting = content.copy();
        lasting.remove("sizeBytes");
        return HexFormat.of().formatHex(Digest.of(lasting.encode()), 0, 16);
    }

    private Future<?> ofSchemas(
            Databases.Database database,
            List<ResourceUri.Schema> uris,
            Map<ResourceUri, String> digests) {
        if (uris.isEmpty()) {
            return Future.succeededFuture();
        }
        return catalog.relations(
                        database,
                        uris.stream().map(ResourceUri.Schema::schema).toList(),
                        MOST + 1,
                        Catalog.Detail.DIGEST)
                .onSuccess(found ->
                        found.forEach(one ->
                                digests.put(
                                        new ResourceUri.Schema(
                                                uris.getFirst().place(), one.getString("schema")),
                                        one.getString("digest", "empty"))));
    }

    private Future<?> ofTables(
            Databases.Database database,
            List<ResourceUri.Table> uris,
            Map<ResourceUri, String> digests) {
        if (uris.isEmpty()) {
            return Future.succeededFuture();
        }
        return catalog.tables(
                        database,
                        uris.stream().map(ResourceUri.Table::schema).toList(),
                        uris.stream().map(ResourceUri.Table::table).toList(),
                        Catalog.Detail.DIGEST)
                .onSuccess(found ->
                        found.forEach(one ->
                                digests.put(
                                        new ResourceUri.Table(
                                                uris.getFirst().place(),
                                                one.getString("schema"),
                                                one.getString("name")),
                                        one.getString("digest"))));
    }
}
