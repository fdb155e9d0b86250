package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.GatewayCase;
import dev.drawbridge.gateway.GatewayDatabases;
import dev.drawbridge.gateway.TestCallers;
import dev.drawbridge.testkit.TestPostgres;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;

/// Tools on tables of a database of their own, in `tables.sql`.
abstract class TableTools extends GatewayCase {
    private static final Path TABLES =
            Path.of("src/test/resources/dev/drawbridge/gateway/tool/tables.sql");

    private static TestPostgres server;
    private static URI connection;

    /// Where the database is.
    TestPostgres server() {
        return GatewayDatabases.postgres();
    }

    @BeforeEach
    void tables() throws SQLException, IOException {
        TestCallers.know("clerk", Map.of("owner", "alice"), "*", "read");
        if (server != null) {
            return;
        }
        server = server();
        server.run("create database tables");
        try (var superuser = server.connect("tables");
                var statement = superuser.createStatement()) {
            statement.execute(Files.readString(TABLES, StandardCharsets.UTF_8));
        }
        String id =
                register(
                                connection("tables at " + server.port())
                                        .put("port", server.port())
                                        .put("database", "tables"))
                        .statusCode(201)
                        .extract()
                        .path("id");
        connection = endpoint.resolve("/api/v1/connections/" + id);
    }

    @AfterAll
    static void drop() {
        admin().delete(connection);
        if (server == GatewayDatabases.postgres()) {
            server.run("drop database tables with (force)");
        } else {
            server.close();
        }
        server = null;
    }

    /// The arguments of a call on a table.
    static JsonObject on(String table) {
        return new JsonObject()
                .put("connection_id", Path.of(connection.getPath()).getFileName().toString())
                .put("schema", "mail")
                .put("table", table);
    }

    /// The arguments of a call on the database.
    static JsonObject schema() {
        JsonObject arguments = on("");
        arguments.remove("schema");
        arguments.remove("table");
        return arguments;
    }

    static JsonObject of(Object... fields) {
        var object = new JsonObject();
        for (int i = 0; i < fields.length; i += 2) {
            object.put((String) fields[i], fields[i + 1]);
        }
        return object;
    }

    static JsonArray list(Object... values) {
        return new JsonArray(Arrays.asList(values));
    }

    /// The answer of a call, of one to whom the rows of alice belong.
    JsonObject ask(String tool, JsonObject arguments) {
        return structured(call("clerk", tool, arguments));
    }

    JsonObject refusal(String tool, JsonObject arguments) {
        return error(call("clerk", tool, arguments));
    }

    String rows(String tool, JsonObject arguments) {
        return ask(tool, arguments).getJsonArray("rows").encode();
    }
}
